// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import static dev.nines.objectives.openslo.OpenSloTest.VALID;
import static dev.nines.objectives.openslo.OpenSloTest.only;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.Gate;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateReaderTest {

  @ParameterizedTest
  @CsvSource({
    "unmeasured=open, 1, PAGE, OPEN",
    "unmeasured=closed spent=0.9 burning=ticket, 0.9, TICKET, CLOSED",
    "burning=off  spent=1.5 unmeasured=closed, 1.5, OFF, CLOSED",
  })
  void aGateIsReadAsItIsWritten(
      String text, BigDecimal spent, Gate.Burning burning, Gate.Unmeasured unmeasured) {
    assertThat(only(with(text)).of("t", 1).gate()).isEqualTo(new Gate(spent, burning, unmeasured));
    assertThat(only(VALID).of("t", 1).gate()).isNull();
  }

  /** Column 21 is the text's first. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "spent=0.9 | 21 | needs unmeasured=open or unmeasured=closed: what it says while nobody knows",
        "unmeasured=maybe | 21 | unmeasured=maybe is none of open, closed",
        "unmeasured=open burning=all | 21 | burning=all is none of page, ticket, off",
        "unmeasured=open spent=0 | 21 | spent=0 is no share above 0, such as 0.9",
        "unmeasured=open spent=90% | 21 | spent=90% is no share above 0, such as 0.9",
        "unmeasured=open closed | 37 | '''closed'' is none of unmeasured=, spent=, burning='",
        "unmeasured=open unmeasured=open | 37 | unmeasured= stands here twice",
      })
  void whatIsWrongIsTold(String text, int column, String message) {
    assertThat(OpenSlo.read("a", with(text)).violations())
        .extracting(found -> found.column() + " " + found.message())
        .containsExactly(column + " " + message);
  }

  @Test
  void anEmptyGateNeedsItsRule() {
    assertThat(OpenSlo.read("a", with("''")).violations())
        .extracting(Violation::rule)
        .containsExactly("gate");
  }

  private static String with(String text) {
    return VALID.replace("example.org/owner: somebody", "nines.dev/gate: " + text);
  }
}
