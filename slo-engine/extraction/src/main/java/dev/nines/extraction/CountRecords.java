// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nines.objectives.CountRecord;
import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.CountRecord.Source;
import dev.nines.objectives.SloId;
import dev.nines.transport.SumKey;
import dev.nines.transport.Sums;
import dev.nines.transport.Sums.Sum;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Divides drained sums into records of {@code sli.counts}. */
final class CountRecords {

  /** A record over 1 MiB would stop the task; what is left is for the frame and escaped texts. */
  private static final int BYTES_MAX = 400_000;

  /** JSON of a cell without its group. */
  private static final int CELL_BYTES = 80;

  private CountRecords() {}

  /** Whose counts: groups of one stream travel together, or a part of them would page falsely. */
  record Stream(String slo, String region, long line, String groupBy, Source source) {

    /** What a former version left pending has no grouping attribute in its key. */
    static Stream of(SumKey key) {
      List<String> texts = key.texts();
      boolean spans = key.kind() == BatchCounts.KIND;
      boolean former = texts.size() == (spans ? 3 : 4);
      return new Stream(
          texts.get(0),
          texts.get(1),
          key.numbers().get(0),
          former ? "" : texts.get(3),
          spans ? Source.SPANS : Source.valueOf(texts.getLast()));
    }

    /** Equal for streams that are judged together. */
    List<String> together() {
      SloId id = SloId.parse(slo);
      return id.isComponent()
          ? List.of(id.whole().toString(), region)
          : List.of(slo, region, String.valueOf(line), groupBy, source.name());
    }

    /**
     * @param partial what is judged with it follows
     */
    CountRecord record(Part part, boolean partial, String task, long seq) {
      List<Cell> cells = new ArrayList<>(part.sums().size());
      long skewed = 0;
      long latest = Long.MIN_VALUE;
      for (Sum sum : part.sums()) {
        cells.add(cell(sum));
        skewed = Sums.capped(skewed, sum.values()[2]);
        latest = Math.max(latest, sum.latest());
      }
      return new CountRecord.Counts(
          SloId.parse(slo),
          line,
          region,
          Instant.ofEpochMilli(latest),
          groupBy,
          cells,
          skewed,
          source,
          partial,
          task,
          seq);
    }

    private Cell cell(Sum sum) {
      long[] values = sum.values();
      long good = source == Source.SPANS ? values[0] : values[0] - values[4];
      long uncertain = source == Source.SPANS ? 0 : values[3];
      return new Cell(slice(sum), good, values[1], uncertain, group(sum));
    }
  }

  /**
   * Sums of one record.
   *
   * @param partial another part follows
   */
  record Part(List<Sum> sums, boolean partial) {}

  /** By slice, and for each slice by group. */
  static List<Part> parts(List<Sum> sums) {
    List<Sum> ordered = new ArrayList<>(sums);
    ordered.sort(Comparator.comparingLong(CountRecords::slice).thenComparing(CountRecords::group));
    List<Part> parts = new ArrayList<>();
    int from = 0;
    int bytes = 0;
    for (int i = 0; i < ordered.size(); i++) {
      int size = CELL_BYTES + group(ordered.get(i)).getBytes(UTF_8).length;
      if (bytes + size > BYTES_MAX) {
        parts.add(new Part(ordered.subList(from, i), true));
        from = i;
        bytes = 0;
      }
      bytes += size;
    }
    parts.add(new Part(ordered.subList(from, ordered.size()), false));
    return parts;
  }

  private static long slice(Sum sum) {
    return sum.key().numbers().get(1);
  }

  private static String group(Sum sum) {
    return sum.key().texts().get(2);
  }
}
