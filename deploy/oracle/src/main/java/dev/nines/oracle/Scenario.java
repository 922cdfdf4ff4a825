// SPDX-License-Identifier: Apache-2.0
package dev.nines.oracle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A zone, and the end of one of its months.
 *
 * @param monthEnds epoch milliseconds of it are on a boundary of 10 s
 */
record Scenario(String zone, Instant monthEnds) {

  /** In March New York's clocks are put forward, in April Lord Howe's back by half an hour. */
  static final List<Scenario> ALL =
      List.of(
          new Scenario("America/New_York", Instant.parse("2026-04-01T04:00:00Z")),
          new Scenario("Asia/Kolkata", Instant.parse("2026-06-30T18:30:00Z")),
          new Scenario("Australia/Lord_Howe", Instant.parse("2026-04-30T13:30:00Z")),
          new Scenario("UTC", Instant.parse("2027-01-01T00:00:00Z")));

  private static final String PROMISES = "promises.yaml";

  String yaml() {
    try (InputStream in = Scenario.class.getResourceAsStream(PROMISES)) {
      String yaml = new String(Objects.requireNonNull(in, PROMISES).readAllBytes(), UTF_8);
      return yaml.replace("{zone}", zone);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
