// SPDX-License-Identifier: Apache-2.0
package dev.nines.catalog.backfill;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.backfill.Reach;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the back-fill of a line stands. It looks several times: the first look counts all that is
 * stored, from the newest stretch to the oldest, each later one what was stored since.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "state")
@JsonSubTypes({
  @JsonSubTypes.Type(value = BackfillState.Pending.class, name = "pending"),
  @JsonSubTypes.Type(value = BackfillState.Running.class, name = "running"),
  @JsonSubTypes.Type(value = BackfillState.Looked.class, name = "done"),
  @JsonSubTypes.Type(value = BackfillState.Estimated.class, name = "estimate"),
  @JsonSubTypes.Type(value = BackfillState.Refused.class, name = "refused")
})
public sealed interface BackfillState {

  /** After the line began: what is late is found by the later ones, the last a day and an hour. */
  List<Duration> LOOKS =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofSeconds(90),
          Duration.ofMinutes(5),
          Duration.ofHours(1),
          Duration.ofHours(25));

  /** Rows that a first look asks for may be gone later than this after it began. */
  Duration LOOK_MAX = Duration.ofHours(24);

  /** When there is something to do next; empty when all is done. */
  default Optional<Instant> dueAt(Instant lineFrom) {
    return Optional.empty();
  }

  record Pending() implements BackfillState {
    @Override
    public Optional<Instant> dueAt(Instant lineFrom) {
      return Optional.of(lineFrom.plus(LOOKS.getFirst()));
    }

    /**
     * @param to end of the newest stretch
     */
    Running begin(Reach.Exact reach, Instant to, Instant seenTo) {
      Span span = new Span(reach.from(), reach.spansFrom(), reach.knownFrom(), reach.note(), false);
      return new Running(1, span, new Sums(0, 0, 0), Instant.EPOCH, seenTo, to, null);
    }
  }

  /**
   * What is counted, for good.
   *
   * @param from of the first slice
   * @param spansFrom spans answer from here on, rollups before
   * @param knownFrom the line is measured from there on, where that is later
   * @param note why it does not begin with the period, and what it lacks; empty for nothing
   * @param withoutCrossing what series add across the line's begin is not asked for any more
   */
  record Span(
      Instant from,
      Instant spansFrom,
      Instant knownFrom,
      String note,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean withoutCrossing) {

    Span from(Instant later) {
      return new Span(later, spansFrom, knownFrom, note, withoutCrossing);
    }

    Span leavesOutCrossing() {
      return new Span(from, spansFrom, knownFrom, note, true);
    }

    Span told(String why) {
      String all = note.isEmpty() ? why : note + "; " + why;
      return new Span(from, spansFrom, knownFrom, all, withoutCrossing);
    }
  }

  /**
   * @param seq of the last record
   */
  record Sums(long bad, long total, long seq) {

    Sums plus(Collection<List<Cell>> regions) {
      long more = regions.stream().flatMap(List::stream).mapToLong(Cell::total).sum();
      long good = regions.stream().flatMap(List::stream).mapToLong(Cell::good).sum();
      long uncertain = regions.stream().flatMap(List::stream).mapToLong(Cell::uncertain).sum();
      return new Sums(bad + more - good - uncertain, total + more, seq + 1);
    }

    /** A record that may have been sent has this number: no other gets it. */
    Sums passesOver() {
      return new Sums(bad, total, seq + 1);
    }
  }

  /**
   * @param look from 1
   * @param seenFrom what was inserted from then on, before {@code seenTo}, is counted
   * @param next stretches from here on are done
   * @param stretch start of the one that may have been sent: it is sent again as it was
   */
  record Running(
      int look,
      Span span,
      Sums sums,
      Instant seenFrom,
      Instant seenTo,
      Instant next,
      @Nullable Instant stretch)
      implements BackfillState {

    @Override
    public Optional<Instant> dueAt(Instant lineFrom) {
      return Optional.of(seenTo);
    }

    Running sends(Instant start) {
      return new Running(look, span, sums, seenFrom, seenTo, next, start);
    }

    /** It was too long for a record, and so was not taken. */
    Running sendsNot() {
      return new Running(look, span, sums, seenFrom, seenTo, next, null);
    }

    /**
     * Nothing before {@code next} can be counted.
     *
     * @param why told as the note
     */
    BackfillState endsHere(String why, Instant lineFrom) {
      if (look > 1) {
        return new Looked(LOOKS.size(), span.told(why), known(), seenTo);
      }
      return !next.isBefore(lineFrom)
          ? new Refused(why)
          : new Looked(1, span.from(next).told(why), known(), seenTo);
    }

    /**
     * What series add across the line's begin cannot be counted. It is no sum of times, so that
     * less time is no way out; and later looks would say what it became since, which is nothing to
     * add where it is not.
     */
    Running skipsCrossing(String why, Instant lineFrom) {
      Span rest = span.leavesOutCrossing().told(why);
      return new Running(look, rest, known(), seenFrom, seenTo, lineFrom, null);
    }

    private Sums known() {
      return stretch == null ? sums : sums.passesOver();
    }

    /** A stretch is sent, or had nothing in it to send. */
    BackfillState sent(Instant start, Sums after) {
      return start.isAfter(span.from())
          ? new Running(look, span, after, seenFrom, seenTo, start, null)
          : new Looked(look, span, after, seenTo);
    }
  }

  /**
   * @param seenTo what is inserted from then on is for the next look
   */
  record Looked(int looks, Span span, Sums sums, Instant seenTo) implements BackfillState {

    @Override
    public Optional<Instant> dueAt(Instant lineFrom) {
      return looks < LOOKS.size() ? Optional.of(lineFrom.plus(LOOKS.get(looks))) : Optional.empty();
    }

    /**
     * @param to end of the newest stretch
     */
    Running again(Instant to, Instant seen) {
      return new Running(looks + 1, span, sums, seenTo, seen, to, null);
    }
  }

  /** Kept spans stand for others: told beside the budget, in no sum of it. */
  record Estimated(Instant from, long bad, long total, String note) implements BackfillState {}

  record Refused(String reason) implements BackfillState {}
}
