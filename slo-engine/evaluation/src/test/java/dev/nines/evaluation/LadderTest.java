// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.CountRecord.Source;
import dev.nines.objectives.SloId;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A ladder against all that was ever counted, slice by slice. */
class LadderTest {

  private static final long START = 1_800_000_000;
  private static final BudgetKey KEY = new BudgetKey(new SloId("default", "checkout"), 1, "eu");

  @TempDir Path folder;

  private final TreeMap<Long, CellSum> counted = new TreeMap<>();
  private Chunks chunks;
  private Ladder ladder;
  private long newest = Long.MIN_VALUE;

  @BeforeEach
  void open() {
    chunks = StoredChunks.in(folder);
    ladder = new Ladder(KEY, chunks);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void hasWhatWasCountedWhateverTheOrderAndHoweverOftenItIsRestored(long seed) {
    Random random = new Random(seed);
    long now = START;
    for (int i = 0; i < 3_000; i++) {
      now += 10L * random.nextInt(3);
      now += random.nextInt(400) == 0 ? random.nextInt(20_000) / 10 * 10 : 0;
      long late = random.nextInt(4) == 0 ? random.nextInt(700) : random.nextInt(2);
      long ahead = random.nextInt(20) == 0 ? random.nextInt(30) : 0;
      count(now - 10 * late + 10 * ahead, random);
      if (random.nextInt(50) == 0) {
        restore();
      }
      check(random);
    }
  }

  @Test
  void countsOfNowDoNotTouchItsChunks() {
    for (int i = 0; i < 6; i++) {
      count(START - 10L * (i % 2), new Random(i));
    }
    for (Rung rung : Rung.values()) {
      assertThat(chunks.get(new Chunks.Key(KEY, rung, rung.chunkOf(rung.cellOf(START))))).isNull();
    }
    assertThat(ladder.sum(Rung.TEN_SECONDS, START - 10, START)).isEqualTo(brute(0, START));
  }

  @Test
  void aCellThatIsNoLongerKeptWhenItLeavesLeavesNoChunk() {
    count(START, new Random(1));
    count(START + 10, new Random(2));
    long later = START + Duration.ofHours(9).toSeconds();
    count(later, new Random(3));
    count(later + 10, new Random(4));
    Rung rung = Rung.TEN_SECONDS;
    assertThat(chunks.get(new Chunks.Key(KEY, rung, rung.chunkOf(START)))).isNull();
  }

  /** All of its events were in chunks, also those of cells that are counted into again. */
  @Test
  void aHeadOfAFormerVersionEndsBeforeTheOpenCells() {
    Rung rung = Rung.TEN_SECONDS;
    CellSum stored = new CellSum(1, 7, 0);
    chunks.add(new Chunks.Key(KEY, rung, rung.chunkOf(START)), 0, stored);
    RegionCounts before = new RegionCounts(KEY, chunks);
    before.add(new Cell(START, 6, 7), Source.SPANS, Optional.of(Rung.HOUR));
    byte[] former = Arrays.copyOf(before.head(), 12 * Long.BYTES);
    RegionCounts read = RegionCounts.read(KEY, former, chunks);
    read.add(new Cell(START, 2, 3), Source.SPANS, Optional.of(Rung.HOUR));
    assertThat(read.ladder().sum(rung, START, START)).isEqualTo(new CellSum(2, 10, 0));
  }

  private void count(long slice, Random random) {
    long total = random.nextInt(5);
    CellSum added = new CellSum(random.nextInt(8) == 0 ? total : 0, total, random.nextInt(2));
    ladder.add(slice, newest, added, Optional.of(Rung.HOUR));
    counted.merge(slice, added, CellSum::plus);
    newest = Math.max(newest, slice);
  }

  private void restore() {
    ByteBuffer head = ByteBuffer.allocate(ladder.bytesMax());
    ladder.write(head);
    ladder = new Ladder(KEY, chunks);
    ladder.read(head.flip(), newest);
  }

  private void check(Random random) {
    Rung rung = Rung.values()[random.nextInt(4)];
    long length = rung.cellSeconds();
    long from = rung.cellOf(newest - random.nextInt(7_000));
    long to = rung.cellOf(from + random.nextInt(7_000));
    long first = Math.max(from, rung.oldestCell(newest));
    assertThat(ladder.sum(rung, first, to)).isEqualTo(brute(first, to + length - 1));
    long[] totals = ladder.totals(rung, first, to);
    for (int i = 0; i < totals.length; i++) {
      long cell = first + i * length;
      assertThat(totals[i]).isEqualTo(brute(cell, cell + length - 1).total());
    }
    OptionalLong bad =
        counted.subMap(first, to + length).entrySet().stream()
            .filter(entry -> entry.getValue().bad() > 0)
            .mapToLong(entry -> rung.cellOf(entry.getKey()))
            .findFirst();
    assertThat(ladder.firstBad(rung, first, to)).isEqualTo(bad);
  }

  /**
   * @param last included
   */
  private CellSum brute(long first, long last) {
    return counted.subMap(first, true, last, true).values().stream()
        .reduce(CellSum.ZERO, CellSum::plus);
  }
}
