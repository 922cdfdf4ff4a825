// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code spec.objectives} of an SLO over a ratio: exactly one, with its target. */
final class ObjectiveReader {

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
  private static final List<String> TIMESLICES = List.of("timeSliceTarget", "timeSliceWindow");
  private static final List<String> COMPOSITE =
      List.of("indicator", "indicatorRef", "compositeWeight");
  private static final int TARGET_DIGITS_MAX = 12;

  private ObjectiveReader() {}

  /** Empty after at least one complaint. */
  static Optional<BigDecimal> target(YamlValue objectives) {
    Optional<List<YamlValue>> items = objectives.list();
    if (items.isEmpty()) {
      return Optional.empty();
    }
    if (items.get().size() != 1) {
      String reason = items.get().isEmpty() ? "" : "; several are not supported yet";
      objectives.refuse(
          "exactly-one", "has " + items.get().size() + "; exactly one must be" + reason);
    }
    Optional<BigDecimal> target = Optional.empty();
    for (YamlValue item : items.get()) {
      target = item.map(FIELDS).flatMap(ObjectiveReader::one);
    }
    return items.get().size() == 1 ? target : Optional.empty();
  }

  private static Optional<BigDecimal> one(YamlMap objective) {
    for (String field : TIMESLICES) {
      refuse(objective, field, "time slices are not supported yet");
    }
    for (String field : COMPOSITE) {
      refuse(objective, field, "composites are not supported yet");
    }
    for (String field : List.of("op", "value")) {
      objective
          .get(field)
          .ifPresent(value -> value.note("unused", "means nothing for a ratio and is not used"));
    }
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
    if (share.scale() > TARGET_DIGITS_MAX) {
      value.refuse("digits", "has more than " + TARGET_DIGITS_MAX + " digits after the point");
      return Optional.empty();
    }
    return Optional.of(share);
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

  private static void refuse(YamlMap map, String field, String message) {
    map.get(field).ifPresent(value -> value.refuse("not-supported", message));
  }
}
