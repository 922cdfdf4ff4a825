// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The library's own parser is the oracle. */
class InstantTextTest {

  private static final long YEAR_9999 = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
  private static final long YEAR_0 = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
  private static final long[] STEPS = {1_000_000_000, 1_000_000, 1_000, 1};

  @Test
  void whatIsWrittenIsRead() throws IOException {
    Random random = new Random(7);
    for (int i = 0; i < 100_000; i++) {
      long step = STEPS[random.nextInt(STEPS.length)];
      long nanos = random.nextLong(1_000_000_000) / step * step;
      Instant at = Instant.ofEpochSecond(random.nextLong(YEAR_0, YEAR_9999), nanos);
      assertThat(read(at.toString())).isEqualTo(at);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-02-29T23:59:59.999Z",
        "2026-03-01T24:00:00Z",
        "2026-12-31T23:59:60Z",
        "2026-03-01T12:00:00.1Z",
        "2026-03-01T12:00:00+01:00",
        "+12026-03-01T12:00:00Z"
      })
  void otherFormsAreWhatTheLibrarySays(String text) throws IOException {
    assertThat(read(text)).isEqualTo(Instant.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "2026-03-01T12:00Z",
        "2026-02-29T12:00:00Z",
        "2026-02-30T12:00:00.123Z",
        "2026-13-01T12:00:00Z",
        "2026-00-01T12:00:00Z",
        "2026-03-00T12:00:00Z",
        "2026-03-01T25:00:00Z",
        "2026-03-01T12:60:00Z",
        "2026-03-01T12:00:00,123Z",
        "2026-03-01T12:00:00.12aZ",
        "2026-03-01 12:00:00.123Z",
        "2026-03-01T12:00:00.123"
      })
  void whatIsNoInstantIsRefused(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(DateTimeParseException.class);
  }

  private static Instant read(String text) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser('"' + text + '"')) {
      parser.nextToken();
      return InstantText.read(parser);
    }
  }
}
