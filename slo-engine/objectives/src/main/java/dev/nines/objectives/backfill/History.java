// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.backfill;

import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.Slo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Port to the stored telemetry. All instants but those of events are on the store's clock; its
 * failures are runtime exceptions of its own.
 */
public interface History {

  /** All that was inserted before this instant can be seen. */
  Instant settled();

  /**
   * What can be said of a stretch before an SLO's line.
   *
   * @param seenTo inserted before; in the past of {@link #settled}
   */
  Reach reach(Slo slo, Instant from, Instant to, Instant seenTo);

  /** Some span of the tenant that came since is not stored: it was sampled out. */
  boolean sampledSince(String tenant, Instant since);

  /**
   * Events by region, in the order of slices.
   *
   * @return empty when it is too much for one answer: ask for less time
   */
  Optional<Map<String, List<Cell>>> count(Question question);

  /**
   * Events that ended in [from, to) and were inserted in [seenFrom, seenTo): questions whose
   * insertions do not overlap count no event twice, and the same question has the same answer.
   *
   * <p>Of metrics, what is known of [from, to) by what was inserted before {@code seenTo}, less
   * what was known before {@code seenFrom}: cells may be negative. From {@code lineFrom} on only
   * what series added since a point of before.
   *
   * @param spansFrom of an SLO over spans: spans answer from here on, rollups before
   * @param seenFrom {@link Instant#EPOCH} for all
   * @param minutesBefore cells are of minutes there, and of 10 s after
   * @param lineFrom begin of the line
   */
  record Question(
      Slo slo,
      Instant from,
      Instant to,
      Instant spansFrom,
      Instant seenFrom,
      Instant seenTo,
      Instant minutesBefore,
      Instant lineFrom) {

    public Question of(Instant start, Instant end) {
      return new Question(slo, start, end, spansFrom, seenFrom, seenTo, minutesBefore, lineFrom);
    }
  }
}
