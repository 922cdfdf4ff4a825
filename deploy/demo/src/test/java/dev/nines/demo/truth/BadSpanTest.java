// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BadSpanTest {

  @Test
  void statusAndDuration() {
    assertThat(BadSpan.read("status = error").test(span(1, true, "200"))).isTrue();
    assertThat(BadSpan.read("status = error").test(span(1, false, "200"))).isFalse();
    assertThat(BadSpan.read("duration > 50ms").test(span(50, false, "200"))).isFalse();
    assertThat(BadSpan.read("duration > 50ms").test(span(51, false, "200"))).isTrue();
    assertThat(BadSpan.read("duration > 1s").test(span(1_001, false, "200"))).isTrue();
  }

  @Test
  void attributesCompareAsNumbers() {
    var bad = BadSpan.read("status = error or attribute http.response.status_code >= 500");
    assertThat(bad.test(span(1, false, "499"))).isFalse();
    assertThat(bad.test(span(1, false, "500"))).isTrue();
    assertThat(bad.test(span(1, true, "200"))).isTrue();
  }

  @Test
  void anAttributeThatIsNotThereMatchesNothing() {
    assertThat(BadSpan.read("attribute nope != 1").test(span(1, false, "200"))).isFalse();
  }

  @Test
  void whatItCannotReadItRefuses() {
    var bad = BadSpan.read("attribute http.response.status_code ~ 5");
    assertThatThrownBy(() -> bad.test(span(1, false, "200"))).isInstanceOf(RuntimeException.class);
  }

  private static SentSpan span(long millis, boolean error, String status) {
    return new SentSpan(
        "key",
        "batch",
        "eu-west-1",
        "checkout",
        "POST /checkout",
        "SERVER",
        0,
        millis * 1_000_000,
        error,
        Map.of("http.response.status_code", status));
  }
}
