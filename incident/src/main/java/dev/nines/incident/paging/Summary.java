// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.paging;

import dev.nines.alerts.AlertGroupEvent.Burn;
import dev.nines.alerts.AlertGroupEvent.Condition;
import dev.nines.alerts.AlertGroupEvent.Traffic;
import dev.nines.incident.response.Incident;
import dev.nines.objectives.SloStatus;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** An incident in one sentence, as somebody wants to read it at night. */
public final class Summary {

  private static final BigDecimal PERCENT = BigDecimal.valueOf(100);

  private Summary() {}

  /**
   * For example: Checkout availability in eu-west-1 burns its budget 36x (page above 10x ...), or
   * Checkout availability in eu-west-1: traffic vanished, 12 of 1,840 expected requests in 5 min.
   */
  public static String of(Incident incident) {
    Optional<Condition> worst =
        relevant(incident).stream()
            .filter(condition -> condition.burn() != null)
            .max(Comparator.comparing(Summary::speed));
    Optional<Condition> vanished =
        relevant(incident).stream()
            .filter(condition -> condition.traffic() != null)
            .max(Comparator.comparingLong(Summary::missing));
    if (worst.isEmpty()) {
      return vanished.map(gone -> vanished(incident, gone)).orElse(incident.title());
    }
    return burning(incident, worst.get())
        + vanished
            .map(gone -> "; traffic " + where(gone) + " vanished, " + figures(gone))
            .orElse("");
  }

  /** {@code checkout-availability} becomes {@code Checkout availability}. */
  public static String title(Incident incident) {
    if (incident.slo() == null) {
      return incident.title();
    }
    String words = incident.title().replace('-', ' ').replace('_', ' ');
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  /** Open alerts, or all where none is open. */
  static List<Condition> relevant(Incident incident) {
    List<Condition> open = incident.conditions().stream().filter(Condition::open).toList();
    return open.isEmpty() ? incident.conditions() : open;
  }

  private static String burning(Incident incident, Condition worst) {
    Burn burn = worst.burn();
    if (burn == null) {
      return incident.title();
    }
    return "%s %s%s burns its budget %sx (%s above %sx over %s and %s); %s %% of it is spent%s"
        .formatted(
            title(incident),
            where(worst),
            others(incident, worst),
            rounded(burn.longBurn()),
            burn.policy().severity().name().toLowerCase(Locale.ROOT),
            burn.policy().factor().stripTrailingZeros().toPlainString(),
            words(burn.policy().longWindow()),
            words(burn.policy().shortWindow()),
            rounded(burn.budgetSpent().multiply(PERCENT)),
            unmeasured(worst));
  }

  private static String vanished(Incident incident, Condition gone) {
    return title(incident)
        + " "
        + where(gone)
        + others(incident, gone)
        + ": traffic vanished, "
        + figures(gone)
        + unmeasured(gone);
  }

  /** Nothing where no traffic vanished. */
  public static String figures(Condition condition) {
    Traffic traffic = condition.traffic();
    return traffic == null
        ? ""
        : String.format(
            Locale.ROOT,
            "%,d of %,d expected requests in 5 min",
            traffic.counted(),
            traffic.expected());
  }

  private static String where(Condition condition) {
    return condition.scope().equals(SloStatus.GLOBAL)
        ? "over all regions"
        : "in " + condition.scope();
  }

  private static String others(Incident incident, Condition named) {
    long others =
        relevant(incident).stream()
            .map(Condition::scope)
            .filter(scope -> !scope.equals(named.scope()))
            .distinct()
            .count();
    return others == 0 ? "" : " and " + others + " more";
  }

  private static String unmeasured(Condition condition) {
    return condition.frozenRegions().isEmpty()
        ? ""
        : "; unmeasured: " + String.join(", ", condition.frozenRegions());
  }

  private static long missing(Condition condition) {
    Traffic traffic = condition.traffic();
    return traffic == null ? 0 : traffic.expected() - traffic.counted();
  }

  private static BigDecimal speed(Condition condition) {
    Burn burn = condition.burn();
    return burn == null ? BigDecimal.ZERO : burn.longBurn();
  }

  /** At most one digit after the point, none from 10 on. */
  static String rounded(BigDecimal value) {
    int scale = value.abs().compareTo(BigDecimal.TEN) >= 0 ? 0 : 1;
    BigDecimal rounded = value.setScale(scale, RoundingMode.HALF_UP).stripTrailingZeros();
    return rounded.scale() < 0 ? rounded.setScale(0).toPlainString() : rounded.toPlainString();
  }

  private static String words(Duration window) {
    return window.toString().substring(2).toLowerCase(Locale.ROOT);
  }
}
