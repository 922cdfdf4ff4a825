// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sloth;

import dev.nines.objectives.sloth.PromQl.Refusal;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Two queries, of errors and of all, as one indicator. */
final class Translator {

  private final Optional<Arrival> arrival;

  Translator(Optional<Arrival> arrival) {
    this.arrival = arrival;
  }

  /** An indicator, or which query cannot be said here, and why. */
  sealed interface Reading {

    /**
     * @param notes what is taken as said, and may be looked at
     */
    record Read(Sli sli, List<String> notes) implements Reading {}

    record Refused(boolean ofErrors, Refusal refusal) implements Reading {}
  }

  /**
   * {@code (plus - minus) / divisor}.
   *
   * @param offset where the query may be pointed at
   */
  private record Events(
      Expr.Counted plus, Optional<Expr.Counted> minus, BigDecimal divisor, int offset) {}

  /** What one query is worth, or what is wrong with it. */
  private record Normal(Optional<Events> events, Refusal refusal) {

    static Normal of(Events events) {
      return new Normal(Optional.of(events), new Refusal(0, ""));
    }

    static Normal wrong(int offset, String message) {
      return new Normal(Optional.empty(), new Refusal(offset, message));
    }
  }

  Reading translate(Expr errorQuery, Expr totalQuery) {
    Normal errors = normal(errorQuery);
    Normal all = normal(totalQuery);
    if (errors.events.isEmpty()) {
      return new Reading.Refused(true, errors.refusal);
    }
    if (all.events.isEmpty()) {
      return new Reading.Refused(false, all.refusal);
    }
    return combine(errors.events.get(), all.events.get());
  }

  Reading translate(RatioQuery query) {
    return switch (Part.read(query.selector(), arrival)) {
      case Part.Reading.Refused(String message) -> refuse(true, query.offset(), message);
      case Part.Reading.Read(Part part) when part.ofHistogram() ->
          refuse(true, query.offset(), "a part of a histogram is no ratio");
      case Part.Reading.Read(Part part) ->
          new Reading.Read(
              new Sli.Raw(part.series(), query.success()), notes(query, part.series().metric()));
    };
  }

  private static List<String> notes(RatioQuery query, String metric) {
    List<String> notes = new ArrayList<>();
    notes.add(
        "'%s' must be between 0 and 1, or counts nothing; of several series it is the mean of all"
            .formatted(metric));
    if (query.alone()) {
      notes.add(
          "'%s' has no {{.window}}: Sloth takes its newest value, and here a slice is the mean of its points"
              .formatted(metric));
    }
    return notes;
  }

  private static Normal normal(Expr expr) {
    return switch (expr) {
      case Expr.Counted counted ->
          Normal.of(new Events(counted, Optional.empty(), BigDecimal.ONE, counted.offset()));
      case Expr.Scalar(var value, int offset) ->
          Normal.wrong(offset, value.toPlainString() + " counts no events");
      case Expr.Quotient(var left, Expr.Scalar(var value, int at), int offset) ->
          value.signum() == 0
              ? Normal.wrong(at, "divides by zero")
              : normal(left)
                  .events
                  .map(
                      events ->
                          Normal.of(
                              new Events(
                                  events.plus,
                                  events.minus,
                                  events.divisor.multiply(value),
                                  events.offset)))
                  .orElseGet(() -> normal(left));
      case Expr.Quotient(var left, var right, int offset) ->
          Normal.wrong(offset, "a ratio inside a query is not translated");
      case Expr.Difference(var left, var right, int offset) ->
          difference(normal(left), normal(right), offset);
    };
  }

  private static Normal difference(Normal left, Normal right, int offset) {
    if (left.events.isEmpty() || right.events.isEmpty()) {
      return left.events.isEmpty() ? left : right;
    }
    Events from = left.events.get();
    Events less = right.events.get();
    if (from.minus.isPresent() || less.minus.isPresent()) {
      return Normal.wrong(offset, "more than one difference is not translated");
    }
    if (from.divisor.compareTo(less.divisor) != 0) {
      return Normal.wrong(offset, "its two sides are divided by different numbers");
    }
    return Normal.of(new Events(from.plus, Optional.of(less.plus), from.divisor, offset));
  }

  private Reading combine(Events errors, Events all) {
    if (all.minus.isPresent()) {
      return refuse(false, all.offset, "a difference is no total");
    }
    if (errors.divisor.compareTo(all.divisor) != 0) {
      return refuse(
          true,
          errors.offset,
          "is divided by %s and the total by %s, which do not cancel"
              .formatted(errors.divisor.toPlainString(), all.divisor.toPlainString()));
    }
    String function = all.plus.function();
    for (Expr.Counted counted : counted(errors)) {
      if (!counted.function().equals(function)) {
        return refuse(
            true,
            counted.offset(),
            "takes %s and the total takes %s, which differ by the window's seconds"
                .formatted(counted.function(), function));
      }
    }
    return parts(errors, all);
  }

  private static List<Expr.Counted> counted(Events events) {
    List<Expr.Counted> counted = new ArrayList<>(List.of(events.plus));
    events.minus.ifPresent(counted::add);
    return counted;
  }

  private Reading parts(Events errors, Events all) {
    Part total;
    switch (Part.read(all.plus.selector(), arrival)) {
      case Part.Reading.Refused(String message) -> {
        return refuse(false, all.plus.offset(), message);
      }
      case Part.Reading.Read(Part part) -> total = part;
    }
    if (total.bound().isPresent()) {
      return refuse(false, all.plus.offset(), "one bucket of a histogram is no total of it");
    }
    List<Part> parts = new ArrayList<>();
    for (Expr.Counted counted : counted(errors)) {
      switch (Part.read(counted.selector(), arrival)) {
        case Part.Reading.Refused(String message) -> {
          return refuse(true, counted.offset(), message);
        }
        case Part.Reading.Read(Part part) -> parts.add(part);
      }
    }
    return parts.size() == 1
        ? bad(errors, total, parts.getFirst())
        : good(errors, total, parts.getFirst(), parts.getLast());
  }

  private Reading bad(Events errors, Part total, Part bad) {
    if (bad.bound().isPresent()) {
      return refuse(
          true,
          errors.offset,
          "a histogram's bucket holds quick events: the bad ones are the rest");
    }
    return ratio(errors, total, bad, true);
  }

  /** Errors are all but the good ones. */
  private Reading good(Events errors, Part total, Part from, Part good) {
    if (!from.equals(total)) {
      return refuse(
          true, errors.plus.offset(), "subtracts from something else than what total_query counts");
    }
    if (good.bound().isEmpty()) {
      return ratio(errors, total, good, false);
    }
    return good.series().equals(total.series())
        ? new Reading.Read(new Sli.Limit(total.series(), good.bound().get()), notes(total))
        : refuse(
            true,
            errors.minus.orElseThrow().offset(),
            "a bucket with other labels than the total's: a threshold divides all of its events");
  }

  private Reading ratio(Events errors, Part total, Part part, boolean bad) {
    return part.series().equals(total.series())
        ? refuse(true, errors.offset, "selects the same as total_query")
        : new Reading.Read(new Sli.Ratio(total.series(), part.series(), bad), notes(total, part));
  }

  /** What the names alone do not say. */
  private List<String> notes(Part... parts) {
    TreeSet<String> notes = new TreeSet<>();
    for (Part part : parts) {
      String metric = part.series().metric();
      if (part.ofHistogram()) {
        notes.add("'%s' must be a histogram where it is scraped".formatted(metric));
      } else if (!part.isCounterByName()) {
        notes.add(
            "'%s' counts only where its type is declared a counter: the name does not say so"
                .formatted(metric));
      }
    }
    return List.copyOf(notes);
  }

  private static Reading refuse(boolean ofErrors, int offset, String message) {
    return new Reading.Refused(ofErrors, new Refusal(offset, message));
  }
}
