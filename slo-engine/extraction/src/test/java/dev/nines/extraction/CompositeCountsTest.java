// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import static dev.nines.extraction.Bench.START;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.nines.objectives.CompositeIndicator;
import dev.nines.objectives.CompositeIndicator.Component;
import dev.nines.objectives.CompositeIndicator.Kind;
import dev.nines.objectives.CountRecord;
import dev.nines.objectives.CountRecord.Counts;
import dev.nines.objectives.ObjectiveTopics;
import dev.nines.objectives.RollingWindow;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloId;
import dev.nines.objectives.SpanPredicate;
import dev.nines.transport.JsonSerde;
import io.opentelemetry.proto.trace.v1.Span;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where counts of a composite go, and with which record it may be judged. */
class CompositeCountsTest {

  private static final JsonSerde<CountRecord> COUNTS = new JsonSerde<>(CountRecord.class);
  private static final SloId PATH = new SloId("default", "path");
  private static final Slo PLAIN = Traffic.slo("plain", 1, "shop", new SpanPredicate.StatusError());

  @TempDir Path state;

  /** One partition has all of them: all have one key. */
  @Test
  void countsOfAllComponentsHaveTheCompositesKey() {
    try (Bench bench = new Bench(state)) {
      bench.objectives.add(
          Traffic.generation(1, START.minusSeconds(86_400), with(components("cart", "payment"))));
      send(bench, "eu");
      send(bench, "us");
      bench.pass(Duration.ofMillis(100));
      Map<String, List<String>> keys = new HashMap<>();
      for (TestRecord<byte[], byte[]> record : bench.records(ObjectiveTopics.SLI_COUNTS)) {
        if (COUNTS.read(record.value()) instanceof Counts counts) {
          keys.computeIfAbsent(counts.slo().name(), name -> new ArrayList<>())
              .add(new String(record.key(), UTF_8));
        }
      }
      assertThat(keys).containsOnlyKeys("path.cart", "path.payment", "plain");
      assertThat(keys.get("path.cart")).containsOnly("default/path").hasSize(2);
      assertThat(keys.get("path.payment")).containsOnly("default/path").hasSize(2);
      assertThat(keys.get("plain")).containsOnly("default/plain");
    }
  }

  /** What one batch counted for a composite is judged together, in each region by itself. */
  @Test
  void onlyTheLastRecordOfARegionIsWhole() {
    try (Bench bench = new Bench(state)) {
      bench.objectives.add(
          Traffic.generation(
              1, START.minusSeconds(86_400), with(components("cart", "payment", "stock"))));
      send(bench, "eu");
      send(bench, "us");
      bench.pass(Duration.ofMillis(100));
      Map<String, List<Boolean>> partial = new HashMap<>();
      for (CountRecord record : bench.counts()) {
        if (record instanceof Counts counts) {
          partial
              .computeIfAbsent(
                  counts.slo().whole().name() + " " + counts.region(), k -> new ArrayList<>())
              .add(counts.partial());
        }
      }
      assertThat(partial.get("path eu")).containsExactly(true, true, false);
      assertThat(partial.get("path us")).containsExactly(true, true, false);
      assertThat(partial.get("plain eu")).containsExactly(false);
      assertThat(partial.get("plain us")).containsExactly(false);
    }
  }

  /** A composite itself selects nothing. */
  @Test
  void aCompositeCountsNothing() {
    try (Bench bench = new Bench(state)) {
      bench.objectives.add(
          Traffic.generation(1, START.minusSeconds(86_400), with(components("cart", "payment"))));
      send(bench, "eu");
      bench.pass(Duration.ofMillis(100));
      assertThat(bench.counts())
          .filteredOn(Counts.class::isInstance)
          .extracting(record -> ((Counts) record).slo(), record -> ((Counts) record).cells().size())
          .containsExactlyInAnyOrder(
              tuple(PATH.component("cart"), 1),
              tuple(PATH.component("payment"), 1),
              tuple(PLAIN.id(), 1));
    }
  }

  private static void send(Bench bench, String region) {
    Span span = Traffic.span("GET /" + region, START, true);
    bench.send(region, Traffic.envelope(Traffic.body("shop", span), 1), START);
  }

  private static Slo[] components(String... names) {
    List<Slo> slos = new ArrayList<>();
    List<Component> components = new ArrayList<>();
    for (String name : names) {
      String whole = PATH.component(name).name();
      components.add(new Component(whole, BigDecimal.ONE));
      slos.add(Traffic.slo(whole, 1, "shop", new SpanPredicate.StatusError()));
    }
    slos.addFirst(
        new Slo(
            PATH,
            1,
            "shop",
            "path",
            "",
            Map.of(),
            new CompositeIndicator(Kind.SERIAL, components),
            new BigDecimal("0.99"),
            new RollingWindow(Duration.ofHours(1)),
            List.of(),
            BigDecimal.ZERO,
            Slo.Missing.NEUTRAL));
    return slos.toArray(new Slo[0]);
  }

  private static Slo[] with(Slo... slos) {
    List<Slo> all = new ArrayList<>(List.of(slos));
    all.add(PLAIN);
    return all.toArray(new Slo[0]);
  }
}
