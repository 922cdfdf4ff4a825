// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.shop.delivery.Collector.Protocol;
import dev.nines.shop.delivery.Count;
import dev.nines.shop.delivery.Counts;
import dev.nines.shop.delivery.Nanos;
import dev.nines.shop.delivery.Outbox;
import dev.nines.shop.delivery.Recorder;
import dev.nines.shop.delivery.TruthLog;
import dev.nines.shop.metering.MeterOutbox;
import dev.nines.shop.metering.Meters;
import dev.nines.shop.metering.PointLog;
import dev.nines.shop.traffic.FaultScript;
import dev.nines.shop.traffic.Region;
import dev.nines.shop.traffic.Storefront;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run of 60 s in virtual time, against collectors that acknowledge at once. */
class SimulationTest {

  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration RUN = Duration.ofSeconds(60);

  @TempDir private Path directory;
  private Instant now = BEGIN;

  @Test
  void theSameSeedLogsTheSameRun() throws IOException {
    Counts first = run(7, directory.resolve("a"));
    Counts second = run(7, directory.resolve("b"));
    Counts other = run(8, directory.resolve("c"));

    assertThat(second.asMap()).isEqualTo(first.asMap());
    assertThat(other.asMap()).isNotEqualTo(first.asMap());
    for (String file : List.of("batches.jsonl", "spans.jsonl", "exports.jsonl", "points.jsonl")) {
      assertThat(directory.resolve("b").resolve(file))
          .hasSameTextualContentAs(directory.resolve("a").resolve(file));
    }
    assertThat(first.get(Count.RESENT_BATCHES)).isPositive();
    assertThat(first.get(Count.SENT_SPANS)).isEqualTo(first.get(Count.ACKNOWLEDGED_SPANS));
    assertThat(first.get(Count.SENT_SPANS)).isEqualTo(first.get(Count.CREATED_SPANS));
  }

  @Test
  void twoDeploysAreTold() throws IOException {
    try (ChangeFeed changes = new ChangeFeed(null, null);
        TruthLog log = TruthLog.create(directory);
        PointLog points = PointLog.create(directory)) {
      FaultScript script = FaultScript.standard(7, RUN);
      Simulation simulation = simulation(7, script, log, points, changes);
      drive(simulation);
      List<Change> told = changes.told().stream().map(ChangeFeed.Told::change).toList();
      assertThat(told).extracting(Change::version).containsExactly("4.8.0", "4.7.3");
      assertThat(told).extracting(Change::kind).containsOnly("deploy");
      assertThat(told).extracting(Change::service).containsOnly("checkout");
    }
  }

  private Counts run(long seed, Path folder) throws IOException {
    now = BEGIN;
    Files.createDirectories(folder);
    try (ChangeFeed changes = new ChangeFeed(null, null);
        TruthLog log = TruthLog.create(folder);
        PointLog points = PointLog.create(folder)) {
      Simulation simulation =
          simulation(seed, FaultScript.standard(seed, RUN), log, points, changes);
      drive(simulation);
      return simulation.counts();
    }
  }

  private void drive(Simulation simulation) {
    for (; !simulation.trafficOver(now); now = now.plusMillis(25)) {
      simulation.tick(now);
    }
    simulation.tick(now);
    while (!simulation.drained()) {
      now = now.plusMillis(25);
      simulation.flush(now);
    }
    simulation.abandon(now);
  }

  private Simulation simulation(
      long seed, FaultScript script, TruthLog log, PointLog points, ChangeFeed changes) {
    List<Branch> branches =
        Arrays.stream(Region.values())
            .map(region -> branch(region, seed, script, log, points))
            .toList();
    return new Simulation(BEGIN, RUN, script, branches, changes);
  }

  private Branch branch(
      Region region, long seed, FaultScript script, TruthLog log, PointLog points) {
    SplittableRandom dice = new SplittableRandom(seed + region.ordinal());
    Duration delay = Duration.ofMillis(300);
    Outbox outbox = new Outbox(region, new Acknowledging(), log, delay, dice, () -> now, () -> {});
    Recorder recorder = new Recorder(region, outbox, Nanos.of(BEGIN), dice.split());
    Storefront customers = new Storefront(region, seed, script, 5);
    MeterOutbox meters =
        new MeterOutbox(
            region,
            new Meters(region, () -> now),
            new AcknowledgingPoints(),
            points,
            dice.split(),
            () -> now,
            () -> {});
    return new Branch(region, Protocol.GRPC, script, customers, recorder, outbox, meters);
  }

  private static final class AcknowledgingPoints implements MetricExporter {
    @Override
    public CompletableResultCode export(Collection<MetricData> metrics) {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public AggregationTemporality getAggregationTemporality(InstrumentType type) {
      throw new UnsupportedOperationException("the reader decides");
    }
  }

  private static final class Acknowledging implements SpanExporter {
    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
