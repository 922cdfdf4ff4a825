// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import static dev.nines.extraction.Bench.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.telemetry.AccountingEntry;
import dev.nines.telemetry.AccountingEntry.Heading;
import dev.nines.telemetry.Envelope;
import dev.nines.telemetry.TelemetryTopics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignalDispatchTest {

  @Test
  void metricsAreDecidedForwardedAndAccountedUnderTheirSignal(@TempDir Path state) {
    try (Bench bench = new Bench(state)) {
      Envelope metrics = Traffic.envelope(Envelope.METRICS, Traffic.gauge(START, 1, 2), 2);
      bench.send("eu", metrics, START);
      bench.send("eu", metrics, START);
      bench.send("eu", Traffic.envelope(Envelope.METRICS, new byte[] {10, 127, 1}, 3), START);
      bench.send("eu", Traffic.envelope("profiles", new byte[0], 9), START);
      bench.pass(Duration.ofSeconds(1));

      assertThat(bench.records(TelemetryTopics.accepted("eu")))
          .singleElement()
          .satisfies(record -> assertThat(record.value()).isEqualTo(metrics.body()));
      List<AccountingEntry> entries = bench.accounting();
      assertThat(entries).extracting(AccountingEntry::signal).containsOnly(Envelope.METRICS);
      assertThat(items(entries, Heading.ACCEPTED)).isEqualTo(7);
      assertThat(items(entries, Heading.DEDUPLICATED)).isEqualTo(2);
      assertThat(items(entries, Heading.COUNTED_ONLY)).isEqualTo(3);
      assertThat(items(entries, Heading.FORWARDED)).isEqualTo(2);
      assertThat(bench.records(TelemetryTopics.QUARANTINE))
          .extracting(record -> new String(record.headers().lastHeader("reason").value()))
          .last()
          .isEqualTo("unknown signal profiles");
      assertThat(bench.rollups()).isEmpty();
    }
  }

  private static long items(List<AccountingEntry> entries, Heading heading) {
    return entries.stream()
        .filter(entry -> entry.heading() == heading)
        .mapToLong(AccountingEntry::items)
        .sum();
  }
}
