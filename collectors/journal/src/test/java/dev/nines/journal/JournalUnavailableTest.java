// SPDX-License-Identifier: Apache-2.0
package dev.nines.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

class JournalUnavailableTest {

  @Test
  void whatAFailOverAnswersPasses() {
    for (String state : List.of("08006", "25006", "28000", "40001", "53300", "55P03", "57P01")) {
      assertThat(passing(state)).as(state).isTrue();
    }
  }

  @Test
  void aWrongStatementDoesNot() {
    for (String state : List.of("22021", "23505", "25001", "42601")) {
      assertThat(passing(state)).as(state).isFalse();
    }
  }

  private static boolean passing(String state) {
    return new JournalUnavailable(new SQLException("refused", state)).passing();
  }
}
