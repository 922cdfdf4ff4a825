// SPDX-License-Identifier: Apache-2.0
package dev.nines.backtest;

import dev.nines.objectives.CountRecord;
import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.CountRecord.CompleteTo;
import dev.nines.objectives.CountRecord.Counts;
import dev.nines.objectives.CountRecord.Past;
import dev.nines.objectives.CountRecord.Source;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Ten minutes of three regions, each with two partitions: outages, late slices, a region that is
 * silent for a minute, a ratio of counters.
 */
public final class RandomDay {

  public static final Instant START = Instant.parse("2026-11-27T10:00:00Z");
  public static final List<String> REGIONS = List.of("ap", "eu", "us");
  public static final List<String> SLOS = List.of("checkout", "orders", "search", "sliced");
  public static final int SECONDS = 600;

  private final Random random;
  private final List<Sent> sent = new ArrayList<>();
  private long seq;

  /**
   * @param at of the log, epoch milliseconds
   */
  public record Sent(long at, CountRecord record) {}

  public RandomDay(long seed) {
    this.random = new Random(seed);
    for (int second = 0; second < SECONDS; second++) {
      for (String region : REGIONS) {
        boolean silent = region.equals("us") && second / 60 == 4;
        if (!silent) {
          counts(region, second);
          progress(region, second);
        }
      }
    }
  }

  public List<Sent> sent() {
    return sent;
  }

  /**
   * The day of an SLO that is given the half hour before it, with an outage in its last minutes.
   */
  public List<Sent> since(Slo slo) {
    Map<String, List<Cell>> regions = new TreeMap<>();
    for (String region : REGIONS) {
      List<Cell> cells = new ArrayList<>();
      for (long second = -1_800; second < 0; second += 10) {
        long total = 1 + random.nextInt(20);
        long bad = second > -120 ? random.nextLong(total + 1) : 0;
        cells.add(new Cell(START.getEpochSecond() + second, total - bad, total));
      }
      regions.put(region, cells);
    }
    long at = at(5);
    Past past =
        new Past(
            slo,
            START,
            START.minusSeconds(1_800),
            START,
            Instant.ofEpochMilli(at),
            true,
            regions,
            "past",
            1);
    List<Sent> since = new ArrayList<>(sent);
    int behind = (int) sent.stream().filter(each -> each.at() <= at).count();
    since.add(behind, new Sent(at, past));
    return since;
  }

  private void counts(String region, int second) {
    long at = at(second) + random.nextInt(700);
    for (String slo : SLOS) {
      if (random.nextInt(3) > 0) {
        boolean outage = (second / 100 + region.hashCode()) % 3 == 0;
        long total = 1 + random.nextInt(20);
        long bad = outage ? random.nextLong(total + 1) : random.nextInt(40) == 0 ? 1 : 0;
        long late = random.nextInt(50) == 0 ? random.nextInt(180) : 0;
        long slice = Math.floorDiv(at / 1_000 - late, 10) * 10;
        Source source = slo.equals("orders") ? Source.COUNTERS : Source.SPANS;
        sent.add(
            new Sent(
                at,
                new Counts(
                    new SloId("default", slo),
                    1,
                    region,
                    Instant.ofEpochMilli(at - random.nextInt(200)),
                    "",
                    List.of(new Cell(slice, total - bad, total)),
                    0,
                    source,
                    false,
                    "0_0",
                    ++seq)));
      }
    }
  }

  private void progress(String region, int second) {
    for (int partition = 0; partition < 2; partition++) {
      for (boolean series : List.of(false, true)) {
        Instant reported = Instant.ofEpochMilli(at(second) + 700 - random.nextInt(500));
        sent.add(
            new Sent(
                at(second) + 900,
                new CompleteTo(
                    region,
                    partition,
                    2,
                    reported,
                    reported.minusSeconds(5),
                    false,
                    series,
                    "0_0",
                    ++seq)));
      }
    }
  }

  private static long at(int second) {
    return START.toEpochMilli() + second * 1_000L;
  }
}
