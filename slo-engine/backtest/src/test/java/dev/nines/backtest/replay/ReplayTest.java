// SPDX-License-Identifier: Apache-2.0
package dev.nines.backtest.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.backtest.LiveEngine;
import dev.nines.backtest.RandomDay;
import dev.nines.backtest.RandomDay.Sent;
import dev.nines.backtest.history.Entry;
import dev.nines.backtest.history.Entry.Kept;
import dev.nines.backtest.history.EntryFile;
import dev.nines.backtest.history.History;
import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.CountRecord.CompleteTo;
import dev.nines.objectives.CountRecord.Counts;
import dev.nines.objectives.CountRecord.Past;
import dev.nines.objectives.Generation;
import dev.nines.objectives.LedgerDelta;
import dev.nines.objectives.RollingWindow;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloId;
import dev.nines.objectives.SpanIndicator;
import dev.nines.objectives.SpanPredicate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Slices from the log alone, beside a plain sum and beside the ledger of the engine itself. */
class ReplayTest {

  private static final Generation GENERATION =
      new Generation("default", 1, RandomDay.START.minus(Duration.ofDays(1)), List.of());

  private static final Slo SLO =
      new Slo(
          new SloId("default", "checkout"),
          1,
          "shop",
          "checkout",
          "",
          Map.of(),
          new SpanIndicator("shop", "", "", Map.of(), new SpanPredicate.StatusError()),
          new BigDecimal("0.95"),
          new RollingWindow(Duration.ofHours(1)),
          List.of(),
          BigDecimal.ZERO,
          Slo.Missing.NEUTRAL);

  @TempDir Path folder;

  @Test
  void theTextIsTheSortedSumsAndTheHashIsOverIt() throws Exception {
    List<Sent> day = new RandomDay(4).sent();
    Replay replay = Replay.of(history(day, List.of()), Replay.Selection.ALL);
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    replay.write(text);
    assertThat(text.toString(UTF_8)).isEqualTo(summed(day));
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(summed(day).getBytes(UTF_8));
    assertThat(replay.sha256()).isEqualTo(HexFormat.of().formatHex(digest));
  }

  @Test
  void theOrderOfTheLogChangesNothingAndACountDoes() throws IOException {
    List<Sent> day = new RandomDay(4).sent();
    String hash = Replay.of(history(day, List.of()), Replay.Selection.ALL).sha256();
    List<Sent> shuffled = new ArrayList<>(day);
    Collections.shuffle(shuffled, new Random(1));
    assertThat(Replay.of(history(shuffled, List.of()), Replay.Selection.ALL).sha256())
        .isEqualTo(hash);
    shuffled.removeIf(sent -> sent.equals(day.getFirst()));
    assertThat(Replay.of(history(shuffled, List.of()), Replay.Selection.ALL).sha256())
        .isNotEqualTo(hash);
  }

  @Test
  void theEnginesLedgerIsTheSame() throws IOException {
    List<Sent> day = new RandomDay(5).since(SLO);
    Path state = Files.createDirectory(folder.resolve("live"));
    List<Kept> ledger = kept(new LiveEngine(state, GENERATION, day).ledger());
    LedgerComparison same = Replay.of(history(day, ledger), Replay.Selection.ALL).ledger();
    assertThat(same.differences()).isEmpty();
    assertThat(same.compared()).isGreaterThan(170);
    assertThat(same.open()).isPositive();
    assertThat(ledger).anyMatch(kept -> kept.minute() < RandomDay.START.getEpochSecond());

    Kept first = ledger.getFirst();
    ledger.set(
        0,
        new Kept(
            first.slo(),
            first.line(),
            first.scope(),
            first.group(),
            first.minute(),
            first.good() - 1,
            first.total(),
            first.uncertain()));
    LedgerComparison other = Replay.of(history(day, ledger), Replay.Selection.ALL).ledger();
    assertThat(other.differences())
        .containsExactly(
            "%s line 1 in %s at %s: log %d good of %d, ledger %d good of %d"
                .formatted(
                    first.slo(),
                    first.scope(),
                    Instant.ofEpochSecond(first.minute()),
                    first.good(),
                    first.total(),
                    first.good() - 1,
                    first.total()));
  }

  @Test
  void aSelectionTakesItsSlicesAlone() throws IOException {
    List<Sent> day = new RandomDay(4).sent();
    Replay.Selection selection =
        new Replay.Selection(
            Set.of("checkout"),
            Optional.of(RandomDay.START.plus(Duration.ofMinutes(5))),
            Optional.of(RandomDay.START.plus(Duration.ofMinutes(6))));
    Replay replay = Replay.of(history(day, List.of()), selection);
    assertThat(replay.slices()).isEqualTo(6 * RandomDay.REGIONS.size());
  }

  private History history(List<Sent> day, List<Kept> ledger) throws IOException {
    Path file = Files.createTempFile(folder, "day", ".jsonl");
    try (EntryFile out = EntryFile.create(file)) {
      out.write(new Entry.Head(Entry.VERSION, "default"));
      out.write(new Entry.Defined(GENERATION));
      for (Sent each : day) {
        switch (each.record()) {
          case Counts counts -> out.write(Entry.Counted.of(each.at(), counts));
          case Past past -> out.write(new Entry.Filled(each.at(), past));
          case CompleteTo told -> {
            if (told.partition() == 0) {
              out.write(
                  new Entry.Reported(
                      each.at(),
                      told.region(),
                      told.progressAt().toEpochMilli(),
                      told.completeTo().toEpochMilli(),
                      told.goodbye(),
                      told.series()));
            }
          }
        }
      }
      for (Kept kept : ledger) {
        out.write(kept);
      }
    }
    return History.open(file);
  }

  private static String summed(List<Sent> day) {
    Map<String, long[]> sums = new TreeMap<>();
    for (Sent each : day) {
      if (each.record() instanceof Counts counts) {
        for (Cell cell : counts.cells()) {
          String key = counts.slo() + "\t1\t" + counts.region() + "\t\t" + cell.sliceStartSeconds();
          long[] sum = sums.computeIfAbsent(key, absent -> new long[2]);
          sum[0] += cell.good();
          sum[1] += cell.total();
        }
      }
    }
    StringBuilder text = new StringBuilder();
    sums.forEach((key, sum) -> text.append("%s\t%d\t%d\t0\n".formatted(key, sum[0], sum[1])));
    return text.toString();
  }

  private static List<Kept> kept(List<LedgerDelta> deltas) {
    Map<String, Kept> sums = new TreeMap<>();
    for (LedgerDelta delta : deltas) {
      Kept one =
          new Kept(
              delta.slo(),
              delta.line(),
              delta.scope(),
              delta.group(),
              delta.minuteStart().getEpochSecond(),
              delta.good(),
              delta.total(),
              delta.uncertain());
      sums.merge(
          one.slo() + "/" + one.scope() + "/" + one.minute(),
          one,
          (a, b) ->
              new Kept(
                  a.slo(),
                  a.line(),
                  a.scope(),
                  a.group(),
                  a.minute(),
                  a.good() + b.good(),
                  a.total() + b.total(),
                  a.uncertain() + b.uncertain()));
    }
    return new ArrayList<>(sums.values());
  }
}
