// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.objectives.CountRecord;
import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.Slo;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Draws a stream and shows it to both. */
record RandomStream(Slo slo, Bench bench, Oracle oracle, Map<Long, long[]> minutes, Lanes lanes) {

  private static final List<String> REGIONS = List.of("ap", "eu", "us");

  void second(int second) {
    for (int r = 0; r < REGIONS.size(); r++) {
      String region = REGIONS.get(r);
      boolean silent = (second / 90 + r) % 7 == 3;
      if (!silent) {
        report(region);
      }
      if (!silent && lanes.random().nextInt(3) > 0) {
        batch(region, second, r);
      }
    }
  }

  private void report(String region) {
    for (int partition = 0; partition < 2; partition++) {
      Instant at = bench.now().minusMillis(lanes.random().nextInt(900));
      int p = partition;
      lanes.add(
          region + partition,
          () -> {
            bench.send(bench.progress(region, p, 2, at, false));
            oracle.progress(region, p, at.toEpochMilli());
          });
    }
  }

  private void batch(String region, int second, int r) {
    boolean burning = (second / 140 + r) % 4 == 1;
    Instant appendedAt = bench.now().minusMillis(lanes.random().nextInt(200));
    Cell[] cells = new Cell[1 + lanes.random().nextInt(3)];
    for (int i = 0; i < cells.length; i++) {
      long total = 1 + lanes.random().nextInt(200);
      long bad = burning ? lanes.random().nextLong(total / 3 + 1) : lanes.random().nextInt(40) / 39;
      cells[i] = new Cell(slice(appendedAt), total - bad, total);
    }
    boolean repeated = lanes.random().nextInt(5) == 0;
    lanes.add(
        region + lanes.random().nextInt(2), () -> deliver(region, appendedAt, cells, repeated));
  }

  private void deliver(String region, Instant appendedAt, Cell[] cells, boolean repeated) {
    CountRecord.Counts counts = bench.counts(slo.id(), 1, region, appendedAt, cells);
    bench.send(counts);
    for (Cell cell : cells) {
      oracle.counts(
          region, appendedAt.toEpochMilli(), cell.sliceStartSeconds(), cell.good(), cell.total());
      long minute = Math.floorDiv(cell.sliceStartSeconds(), 60) * 60;
      long[] sum = minutes.computeIfAbsent(minute, m -> new long[2]);
      sum[0] += cell.total() - cell.good();
      sum[1] += cell.total();
    }
    oracle.decideAfterBatch(region);
    if (repeated) {
      bench.send(counts);
    }
  }

  /** Mostly now; sometimes late by seconds to days, or some seconds ahead. */
  private long slice(Instant appendedAt) {
    long late =
        switch (lanes.random().nextInt(12)) {
          case 0 -> lanes.random().nextInt(300);
          case 1 -> lanes.random().nextInt(10_800);
          case 2 -> lanes.random().nextInt(300_000);
          case 3 -> -lanes.random().nextInt(60);
          default -> lanes.random().nextInt(3);
        };
    return Math.floorDiv(appendedAt.getEpochSecond() - late, 10) * 10;
  }
}
