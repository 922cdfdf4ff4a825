// SPDX-License-Identifier: Apache-2.0
package dev.nines.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class JsonTest {

  private record Spent(BigDecimal share) {}

  @Test
  void decimalsHaveNoExponentAndKeepTheirDigits() {
    Spent nothing = new Spent(BigDecimal.ZERO.setScale(9));
    assertThat(Json.write(nothing)).isEqualTo("{\"share\":0.000000000}");
    assertThat(Json.read(Json.write(nothing), Spent.class)).isEqualTo(nothing);
  }
}
