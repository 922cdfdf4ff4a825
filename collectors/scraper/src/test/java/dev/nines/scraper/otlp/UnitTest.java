// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnitTest {

  @Test
  void unitsAreThoseOfUcum() {
    assertThat(Unit.ofPrometheus("bytes_per_second")).isEqualTo("By/s");
    assertThat(Unit.ofPrometheus("ratio")).isEqualTo("1");
    assertThat(Unit.ofPrometheus("furlongs_per_fortnight")).isEqualTo("furlongs/fortnight");
  }
}
