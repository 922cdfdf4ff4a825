// SPDX-License-Identifier: Apache-2.0
package dev.nines.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

/** RFC 9457, section 3: members title, status and detail. */
class ProblemTest {

  private final JsonMapper json = new JsonMapper();

  @Test
  void aProblemHasTheMembersOfTheStandard() {
    assertThat(json.valueToTree(new Problem("Not Found", 404, "no incident 7")).toString())
        .isEqualTo("{\"title\":\"Not Found\",\"status\":404,\"detail\":\"no incident 7\"}");
  }

  @Test
  void withoutDetailTheMemberIsAbsent() {
    assertThat(json.valueToTree(new Problem("Conflict", 409, null)).has("detail")).isFalse();
  }
}
