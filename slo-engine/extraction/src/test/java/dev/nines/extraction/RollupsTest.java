// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import static dev.nines.extraction.Bench.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.telemetry.RedRollup;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RED rows of the topology: what is in them, how many there are, and when they go out. */
class RollupsTest {

  @TempDir Path state;
  private Bench bench;

  @BeforeEach
  void open() {
    bench = new Bench(state);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void rollupsHaveRateErrorsAndDuration() {
    send(pay(START, false), pay(START, true));
    bench.pass(Duration.ofSeconds(1));

    RedRollup row = bench.rollups().getFirst();
    assertThat(row.service()).isEqualTo("checkout");
    assertThat(row.operation()).isEqualTo("pay");
    assertThat(row.kind()).isEqualTo("server");
    assertThat(row.count()).isEqualTo(2);
    assertThat(row.errors()).isEqualTo(1);
    assertThat(row.durationNanos()).isEqualTo(10_000_000);
    assertThat(row.buckets().get(2)).as("5 ms is within the bound of 5 ms").isEqualTo(2);
  }

  @Test
  void aSpanWithoutAStartCannotStopTheTask() {
    for (int i = 0; i < 8; i++) {
      Span.Builder span = pay(START.plusMillis(i), false).toBuilder().clearStartTimeUnixNano();
      send(span.build(), span.build());
    }
    bench.pass(Duration.ofSeconds(1));

    RedRollup row = bench.rollups().getFirst();
    assertThat(row.count()).isEqualTo(16);
    assertThat(row.durationNanos()).as("16 times 56 years").isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void operationsOverTheLimitShareOneRow() {
    send(operations(300, 0));
    bench.pass(Duration.ofSeconds(1));

    List<RedRollup> rows = bench.rollups();
    assertThat(rows).hasSize(201);
    assertThat(rows.stream().mapToLong(RedRollup::count).sum()).isEqualTo(300);
  }

  @Test
  void manyRollupsWaitForFiveSecondsAndGrowTogether() {
    for (int second = 1; second < 5; second++) {
      for (int slice = 0; slice < 3; slice++) {
        send(operations(199, second + slice * 10_000));
      }
      bench.pass(Duration.ofSeconds(1));
      assertThat(bench.rollups()).isEmpty();
    }
    bench.pass(Duration.ofSeconds(1));
    List<RedRollup> rows = bench.rollups();
    assertThat(rows).hasSize(3 * 199);
    assertThat(rows.stream().mapToLong(RedRollup::count).sum()).isEqualTo(12 * 199);
    send(operations(199, 100));
    bench.pass(Duration.ofSeconds(1));
    assertThat(bench.rollups()).as("few again").hasSize(199);
  }

  private static Span[] operations(int count, int millis) {
    return IntStream.range(0, count)
        .mapToObj(i -> Traffic.span("op-" + i, START.plusMillis(millis), false))
        .toArray(Span[]::new);
  }

  private static Span pay(Instant end, boolean failed) {
    return Traffic.span("pay", end, failed);
  }

  private void send(Span... spans) {
    bench.send("eu", Traffic.envelope(Traffic.body("checkout", spans), spans.length), START);
  }
}
