// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.ws.rs.WebApplicationException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RequestJsonTest {

  record Shift(@Nullable Integer hours) {}

  record Plan(@Nullable String name, @Nullable List<Shift> shifts) {}

  @Test
  void whatIsWellFormedIsRead() {
    assertThat(RequestJson.read("{\"name\":\"a\",\"shifts\":[{\"hours\":8}]}", Plan.class))
        .isEqualTo(new Plan("a", List.of(new Shift(8))));
  }

  @Test
  void theFieldThatIsWrongIsNamedWithItsPlace() {
    assertThat(refusal("{\"shifts\":[{\"hours\":8},\n{\"hours\":\"x\"}]}"))
        .contains("\"field\":\"shifts[1].hours\"", "\"rule\":\"type\"", "line 2");
    assertThat(refusal("{\"shifts\":[{\"days\":8}]}"))
        .contains("\"field\":\"shifts[0].days\"", "unknown-field", "known here: hours");
    assertThat(refusal("{\"name\":")).contains("\"rule\":\"syntax\"", "is no JSON");
    assertThat(refusal("null")).contains("is no object");
    assertThat(refusal("")).contains("400");
    assertThat(refusal(null)).contains("400");
  }

  private static String refusal(@Nullable String body) {
    WebApplicationException refused =
        catchThrowableOfType(
            WebApplicationException.class, () -> RequestJson.read(body, Plan.class));
    return String.valueOf(refused.getResponse().getEntity());
  }
}
