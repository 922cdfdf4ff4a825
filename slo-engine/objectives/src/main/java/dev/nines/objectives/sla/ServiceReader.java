// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sla;

import dev.nines.objectives.Group;
import dev.nines.objectives.openslo.Quantity;
import dev.nines.objectives.openslo.YamlMap;
import dev.nines.objectives.openslo.YamlValue;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads one entry of {@code spec.services}. */
final class ServiceReader {

  private static final Set<String> FIELDS =
      Set.of("name", "slo", "group", "measure", "down", "interval", "monthlyFee", "tiers");

  /** A name of the composite, a dot, one of the component. */
  private static final Pattern COMPONENT =
      Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?");

  private static final Set<String> DOWN = Set.of("errorsAbove", "minEvents", "minMinutes");
  private static final Set<String> TIER = Set.of("below", "credit");
  private static final List<String> MEASURES =
      Arrays.stream(Measure.values()).map(Measure::word).toList();
  private static final String MONEY_MAX = "1000000000";
  private static final int TIERS_MAX = 20;
  private static final int TEXT_MAX = 80;

  private ServiceReader() {}

  /**
   * @param names taken by services before; gets this one's
   */
  static Optional<Contract.Service> read(YamlValue item, Set<String> names) {
    Optional<YamlMap> fields = item.map(FIELDS);
    if (fields.isEmpty()) {
      return Optional.empty();
    }
    YamlMap map = fields.get();
    Optional<String> name = map.require("name").flatMap(value -> value.text(TEXT_MAX));
    if (name.isPresent() && !names.add(name.get())) {
      item.refuse("duplicate", "'" + name.get() + "' is also the name of a service before");
    }
    Optional<String> slo = map.require("slo").flatMap(ServiceReader::slo);
    String group = map.get("group").flatMap(ServiceReader::group).orElse("");
    Optional<Measure> measure = map.require("measure").flatMap(ServiceReader::measure);
    Contract.Down down = down(map.get("down").flatMap(value -> value.map(DOWN)));
    int interval = interval(map);
    Optional<BigDecimal> fee =
        map.require("monthlyFee").flatMap(value -> Quantity.decimal(value, "0", MONEY_MAX));
    Optional<List<Contract.Tier>> tiers = map.require("tiers").flatMap(ServiceReader::tiers);
    if (name.isEmpty() || slo.isEmpty() || measure.isEmpty() || fee.isEmpty() || tiers.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Contract.Service(
            name.get(), slo.get(), group, measure.get(), down, interval, fee.get(), tiers.get()));
  }

  /** Of a composite, one of its components. */
  private static Optional<String> slo(YamlValue value) {
    return value.text().filter(name -> COMPONENT.matcher(name).matches()).or(value::label);
  }

  /** As counts name it, or it would never be found. */
  private static Optional<String> group(YamlValue value) {
    Optional<String> text = value.text(Group.CHARACTERS_MAX);
    if (text.isPresent() && !Group.of(text.get()).equals(text.get())) {
      value.refuse(
          "group", "is no group's name: counts would call it '" + Group.of(text.get()) + "'");
    }
    return text;
  }

  private static Optional<Measure> measure(YamlValue value) {
    return value.oneOf(MEASURES).map(word -> Measure.values()[MEASURES.indexOf(word)]);
  }

  private static Contract.Down down(Optional<YamlMap> map) {
    if (map.isEmpty()) {
      return new Contract.Down(BigDecimal.ZERO, 1, 1);
    }
    return new Contract.Down(
        Quantity.decimal(map.get(), "errorsAbove", "0", "0.999999999", "0"),
        Quantity.whole(map.get(), "minEvents", 1, 1_000_000, 1),
        Quantity.whole(map.get(), "minMinutes", 1, 1_440, 1));
  }

  private static int interval(YamlMap map) {
    Duration length = Quantity.minutes(map, "interval", Duration.ofMinutes(5));
    long minutes = length.toMinutes();
    if (minutes < 1 || minutes > 60 || 60 % minutes != 0) {
      map.get("interval")
          .ifPresent(value -> value.refuse("divides", "must be minutes that divide an hour"));
      return 5;
    }
    return (int) minutes;
  }

  private static Optional<List<Contract.Tier>> tiers(YamlValue value) {
    Optional<List<YamlValue>> items = value.list();
    if (items.isEmpty()) {
      return Optional.empty();
    }
    if (items.get().isEmpty() || items.get().size() > TIERS_MAX) {
      value.refuse("length", "has " + items.get().size() + " tiers; 1 to " + TIERS_MAX + " may be");
      return Optional.empty();
    }
    List<Contract.Tier> tiers = new ArrayList<>();
    items.get().forEach(item -> tier(item).ifPresent(tiers::add));
    if (tiers.size() < items.get().size()) {
      return Optional.empty();
    }
    tiers.sort(Comparator.comparing(Contract.Tier::below));
    ordered(value, tiers);
    return Optional.of(List.copyOf(tiers));
  }

  private static Optional<Contract.Tier> tier(YamlValue item) {
    Optional<YamlMap> map = item.map(TIER);
    Optional<BigDecimal> below =
        map.flatMap(fields -> fields.require("below"))
            .flatMap(value -> Quantity.decimal(value, "0.000000001", "100"));
    Optional<BigDecimal> credit =
        map.flatMap(fields -> fields.require("credit"))
            .flatMap(value -> Quantity.decimal(value, "0", "100"));
    return below.isEmpty() || credit.isEmpty()
        ? Optional.empty()
        : Optional.of(new Contract.Tier(below.get(), credit.get()));
  }

  /** A worse month never earns less. */
  private static void ordered(YamlValue value, List<Contract.Tier> tiers) {
    for (int i = 1; i < tiers.size(); i++) {
      String bound = tiers.get(i).below().toPlainString();
      if (tiers.get(i).below().compareTo(tiers.get(i - 1).below()) == 0) {
        value.refuse("duplicate", "has two tiers below " + bound);
      } else if (tiers.get(i).credit().compareTo(tiers.get(i - 1).credit()) >= 0) {
        value.refuse("order", "the tier below " + bound + " credits no less than a worse one");
      }
    }
  }
}
