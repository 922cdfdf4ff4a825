// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import dev.nines.objectives.Budgeting;
import dev.nines.objectives.Budgeting.Occurrences;
import dev.nines.objectives.Budgeting.RatioTimeslices;
import dev.nines.objectives.Budgeting.Sliced;
import dev.nines.objectives.Budgeting.Timeslices;
import dev.nines.objectives.SliceBudget;
import dev.nines.objectives.TimeWindow;
import dev.nines.objectives.openslo.ObjectiveReader.Objective;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code spec.budgetingMethod}, and what its objective says of slices. */
final class BudgetingReader {

  private static final List<String> METHODS =
      List.of("Occurrences", "Timeslices", "RatioTimeslices");

  /** OpenSLO says a number, of minutes, in its text and a duration in its schema. */
  private static final Pattern MINUTES = Pattern.compile("[1-9][0-9]{0,4}");

  private static final Pattern WINDOW = Pattern.compile("[1-9][0-9]{0,4}m|[1-9][0-9]{0,2}h");

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration QUARTER = Duration.ofMinutes(15);

  private BudgetingReader() {}

  /** Empty after at least one complaint. */
  static Optional<Budgeting> read(YamlMap spec, Objective objective) {
    Optional<String> method = method(spec);
    if (method.isEmpty()) {
      return Optional.empty();
    }
    YamlMap fields = objective.fields();
    return switch (method.get()) {
      case "Timeslices" -> {
        Optional<Duration> slice = slice(fields);
        Optional<BigDecimal> target =
            fields.require("timeSliceTarget").flatMap(BudgetingReader::sliceTarget);
        yield slice.flatMap(length -> target.map(share -> new Timeslices(length, share)));
      }
      case "RatioTimeslices" -> {
        unused(fields, "timeSliceTarget", method.get());
        yield slice(fields).map(RatioTimeslices::new);
      }
      default -> {
        unused(fields, "timeSliceTarget", method.get());
        unused(fields, "timeSliceWindow", method.get());
        yield Optional.of(new Occurrences());
      }
    };
  }

  /** Of all objectives together: events spend the budget of a composite. */
  static Optional<Budgeting> ofComposite(YamlMap spec, List<Objective> objectives) {
    Optional<String> method = method(spec);
    if (method.isPresent() && !method.get().equals(METHODS.getFirst())) {
      spec.require("budgetingMethod")
          .ifPresent(
              field ->
                  field.refuse(
                      "not-supported",
                      "slices of composites are not supported: write " + METHODS.getFirst()));
      return Optional.empty();
    }
    for (Objective objective : objectives) {
      for (String field : List.of("timeSliceTarget", "timeSliceWindow")) {
        method.ifPresent(name -> unused(objective.fields(), field, name));
      }
    }
    return method.map(_ -> new Occurrences());
  }

  private static Optional<String> method(YamlMap spec) {
    Optional<YamlValue> field = spec.get("budgetingMethod");
    if (field.isEmpty()) {
      String occurrences = METHODS.getFirst();
      return spec.dialect("budgetingMethod", "required", "is required", "reads " + occurrences)
          ? Optional.of(occurrences)
          : Optional.empty();
    }
    String text = field.get().scalar();
    Optional<String> spelled =
        METHODS.stream()
            .filter(known -> known.equalsIgnoreCase(text) && !known.equals(text))
            .findFirst();
    if (spelled.isEmpty()) {
      return field.get().oneOf(METHODS);
    }
    String wrong = "'" + text + "' is none of " + String.join(", ", METHODS);
    return field.get().dialect("one-of", wrong, "reads " + spelled.get())
        ? spelled
        : Optional.empty();
  }

  /** Complains where slices don't fit their period, or one of them is more than its budget. */
  static void check(Sliced budgeting, TimeWindow period, Objective objective) {
    YamlValue window = objective.fields().get("timeSliceWindow").orElseThrow();
    Duration slice = budgeting.slice();
    String text = DurationText.format(slice);
    Duration unit = period.onHours() ? HOUR : QUARTER;
    if (unit.toSeconds() % slice.toSeconds() != 0) {
      window.refuse(
          "slice",
          "%s does not divide %s, on which it begins".formatted(text, DurationText.format(unit)));
    } else if (period.shortest().toSeconds() % slice.toSeconds() != 0) {
      window.refuse(
          "slice",
          "the period of %s is no whole number of slices of %s"
              .formatted(DurationText.format(period.shortest()), text));
    } else if (budgeting instanceof Timeslices) {
      objective.target().ifPresent(target -> affordable(window, target, period.shortest(), slice));
    }
  }

  private static void affordable(
      YamlValue window, BigDecimal target, Duration period, Duration slice) {
    long slices = period.toSeconds() / slice.toSeconds();
    BigDecimal allowed = new SliceBudget(target, slices, 0).allowed();
    if (allowed.compareTo(BigDecimal.ONE) < 0) {
      window.refuse(
          "slice",
          "one bad slice is more than the budget: (1 - %s) x %d slices = %s"
              .formatted(
                  target.toPlainString(), slices, allowed.stripTrailingZeros().toPlainString()));
    }
  }

  private static Optional<Duration> slice(YamlMap fields) {
    Optional<YamlValue> value = fields.require("timeSliceWindow");
    if (value.isPresent() && MINUTES.matcher(value.get().scalar()).matches()) {
      String minutes = value.get().scalar() + "m";
      return value.get().dialect("duration", "has no unit", "reads " + minutes)
          ? DurationText.parse(minutes)
          : Optional.empty();
    }
    return value
        .flatMap(
            field ->
                field.matching(WINDOW, "duration", "is no length of a slice: a number and m or h"))
        .flatMap(DurationText::parse);
  }

  private static Optional<BigDecimal> sliceTarget(YamlValue value) {
    Optional<BigDecimal> share = value.number();
    if (share.isPresent()
        && (share.get().signum() <= 0 || share.get().compareTo(BigDecimal.ONE) > 0)) {
      value.refuse("range", share.get().toPlainString() + " is not in (0, 1]");
      return Optional.empty();
    }
    return share
        .map(BigDecimal::stripTrailingZeros)
        .flatMap(number -> Quantity.digits(value, number, ObjectiveReader.SHARE_DIGITS_MAX));
  }

  private static void unused(YamlMap fields, String field, String method) {
    fields
        .get(field)
        .ifPresent(
            value -> value.note("unused", "means nothing with " + method + " and is not used"));
  }
}
