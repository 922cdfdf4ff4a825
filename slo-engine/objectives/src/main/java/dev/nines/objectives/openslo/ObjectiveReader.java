// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code spec.objectives} of an SLO: one or more, each with its target. */
final class ObjectiveReader {

  /**
   * One objective.
   *
   * @param target empty after a complaint
   */
  record Objective(Optional<BigDecimal> target, Optional<String> displayName, YamlMap fields) {}

  private static final Set<String> FIELDS =
      Set.of(
          "displayName",
          "op",
          "value",
          "target",
          "targetPercent",
          "timeSliceTarget",
          "timeSliceWindow",
          "indicator",
          "indicatorRef",
          "compositeWeight");
  static final int SHARE_DIGITS_MAX = 12;
  private static final Pattern SHARE = Pattern.compile("0(\\.[0-9]{1,12})?");

  private static final int OBJECTIVES_MAX = 10;

  private ObjectiveReader() {}

  /** Complains where there is none, or too many. */
  static List<Objective> read(YamlValue objectives) {
    Optional<List<YamlValue>> items = objectives.list();
    int size = items.map(List::size).orElse(1);
    if (size == 0 || size > OBJECTIVES_MAX) {
      objectives.refuse("length", "has %d; 1 to %d may be".formatted(size, OBJECTIVES_MAX));
    }
    return items.orElse(List.of()).stream()
        .flatMap(item -> item.map(FIELDS).stream())
        .map(
            fields ->
                new Objective(
                    one(fields),
                    fields
                        .get("displayName")
                        .flatMap(value -> value.text(Metadata.DISPLAY_NAME_MAX))
                        .filter(text -> !text.isBlank()),
                    fields))
        .toList();
  }

  private static Optional<BigDecimal> one(YamlMap objective) {
    boolean target = objective.has("target");
    if (target == objective.has("targetPercent")) {
      objective.refuse(
          "target",
          "exactly-one",
          target ? "stands beside targetPercent; write one" : "is required, or targetPercent");
      return Optional.empty();
    }
    return target
        ? objective.require("target").flatMap(value -> share(value, 0))
        : objective.require("targetPercent").flatMap(value -> share(value, 2));
  }

  /**
   * @param digits 0 for a share, 2 for percent
   */
  private static Optional<BigDecimal> share(YamlValue value, int digits) {
    Optional<BigDecimal> number = value.number();
    if (number.isEmpty()) {
      return Optional.empty();
    }
    BigDecimal share = number.get().movePointLeft(digits);
    if (share.signum() < 0 || share.compareTo(BigDecimal.ONE) >= 0) {
      BigDecimal end = BigDecimal.ONE.movePointRight(digits);
      value.refuse(
          "range",
          "%s is not in [0, %s)%s"
              .formatted(number.get().toPlainString(), end.toPlainString(), hint(share)));
      return Optional.empty();
    }
    return Quantity.digits(value, share, SHARE_DIGITS_MAX);
  }

  private static String hint(BigDecimal share) {
    if (share.compareTo(BigDecimal.ONE) == 0) {
      return ": its budget would be 1 - 1 = 0, and no event may ever fail";
    }
    boolean percent = share.compareTo(BigDecimal.ONE) > 0 && share.compareTo(hundred()) < 0;
    return percent ? ": as percent it is targetPercent: " + share.toPlainString() : "";
  }

  private static BigDecimal hundred() {
    return BigDecimal.valueOf(100);
  }

  /** Of a text within a text; empty where it is none. */
  static Optional<BigDecimal> plainShare(String text) {
    return Optional.of(text).filter(share -> SHARE.matcher(share).matches()).map(BigDecimal::new);
  }
}
