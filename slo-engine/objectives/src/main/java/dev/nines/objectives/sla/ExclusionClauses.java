// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sla;

import dev.nines.objectives.openslo.Quantity;
import dev.nines.objectives.openslo.YamlMap;
import dev.nines.objectives.openslo.YamlValue;
import dev.nines.objectives.sla.Contract.Treatment;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads {@code spec.exclusions}. A contract without it excludes nothing. */
final class ExclusionClauses {

  private static final Set<String> FIELDS = Set.of("treatment", "kinds", "maintenance", "approval");
  private static final Set<String> MAINTENANCE = Set.of("notice", "maxPerMonth");
  private static final List<String> TREATMENTS = List.of("removed", "good");
  private static final List<String> APPROVAL = List.of("none", "required");

  private ExclusionClauses() {}

  static Optional<Contract.Exclusions> read(Optional<YamlValue> value) {
    if (value.isEmpty()) {
      return Optional.of(
          new Contract.Exclusions(
              Treatment.REMOVED, Set.of(), Duration.ZERO, Duration.ZERO, false));
    }
    return value.get().map(FIELDS).map(ExclusionClauses::clauses);
  }

  private static Contract.Exclusions clauses(YamlMap map) {
    Treatment treatment =
        map.get("treatment")
            .flatMap(value -> value.oneOf(TREATMENTS))
            .map(word -> Treatment.valueOf(word.toUpperCase(Locale.ROOT)))
            .orElse(Treatment.REMOVED);
    Set<Exclusion.Kind> kinds = EnumSet.noneOf(Exclusion.Kind.class);
    map.require("kinds")
        .flatMap(YamlValue::list)
        .orElse(List.of())
        .forEach(
            item ->
                item.oneOf(Exclusion.Kind.words())
                    .flatMap(Exclusion.Kind::of)
                    .filter(kind -> !kinds.add(kind))
                    .ifPresent(kind -> item.refuse("duplicate", "stands here twice")));
    Optional<YamlMap> maintenance = map.get("maintenance").flatMap(value -> value.map(MAINTENANCE));
    boolean known = kinds.contains(Exclusion.Kind.MAINTENANCE);
    if (known && !map.has("maintenance")) {
      map.refuse("maintenance", "required", "is required: notice and maxPerMonth");
    } else if (!known && map.has("maintenance")) {
      map.refuse("maintenance", "unused", "means nothing: kinds does not name maintenance");
    }
    maintenance.ifPresent(fields -> MAINTENANCE.stream().sorted().forEach(fields::require));
    return new Contract.Exclusions(
        treatment,
        kinds,
        maintenance.map(m -> Quantity.minutes(m, "notice", Duration.ZERO)).orElse(Duration.ZERO),
        maintenance
            .map(m -> Quantity.minutes(m, "maxPerMonth", Duration.ZERO))
            .orElse(Duration.ZERO),
        map.get("approval")
            .flatMap(value -> value.oneOf(APPROVAL))
            .filter(word -> word.equals("required"))
            .isPresent());
  }
}
