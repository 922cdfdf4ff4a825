// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sla;

import dev.nines.objectives.openslo.Findings;
import dev.nines.objectives.openslo.YamlDocuments;
import dev.nines.objectives.openslo.YamlMap;
import dev.nines.objectives.openslo.YamlValue;
import dev.nines.objectives.sla.Contract.NoData;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads a contract as YAML: one document, every mistake at once, each with its line. */
public final class ContractReader {

  public static final int CHARACTERS_MAX = 256 << 10;

  /** Each service is one query of a month's minutes, and one table in the evidence. */
  public static final int SERVICES_MAX = 10;

  private static final Set<String> OBJECT = Set.of("apiVersion", "kind", "metadata", "spec");
  private static final Set<String> METADATA = Set.of("name", "displayName");
  private static final Set<String> SPEC =
      Set.of("provider", "validFrom", "timeZone", "services", "noData", "exclusions", "credits");
  private static final Set<String> NO_DATA = Set.of("idle", "unmeasured");
  private static final List<String> NO_DATA_WORDS = List.of("good", "bad", "excluded");
  private static final String VERSION = "nines.dev/v1";
  private static final String KIND = "Contract";
  private static final int NAME_MAX = 80;

  private ContractReader() {}

  /**
   * @param file as violations name it
   */
  public static ParsedContract read(String file, String yaml) {
    Findings findings = new Findings(file);
    Optional<Contract> contract =
        YamlDocuments.one(
            yaml,
            CHARACTERS_MAX,
            findings,
            value -> value.map(OBJECT).flatMap(ContractReader::object));
    return new ParsedContract(contract, findings.violations());
  }

  private static Optional<Contract> object(YamlMap object) {
    object.constant("apiVersion", VERSION);
    object.constant("kind", KIND);
    Optional<YamlMap> metadata = object.require("metadata").flatMap(value -> value.map(METADATA));
    Optional<String> name = metadata.flatMap(map -> map.require("name")).flatMap(YamlValue::label);
    Optional<String> shown =
        metadata.flatMap(map -> map.get("displayName")).flatMap(value -> value.text(NAME_MAX));
    Optional<YamlMap> spec = object.require("spec").flatMap(value -> value.map(SPEC));
    if (spec.isEmpty()) {
      return Optional.empty();
    }
    return body(spec.get(), name.orElse(""), shown.or(() -> name).orElse(""));
  }

  private static Optional<Contract> body(YamlMap spec, String name, String shown) {
    Optional<String> provider = spec.require("provider").flatMap(value -> value.text(NAME_MAX));
    Optional<ZoneId> zone = spec.require("timeZone").flatMap(ContractReader::zone);
    Optional<YearMonth> from = spec.require("validFrom").flatMap(ContractReader::month);
    Optional<List<Contract.Service>> services =
        spec.require("services").flatMap(ContractReader::services);
    Optional<YamlMap> noData = spec.get("noData").flatMap(value -> value.map(NO_DATA));
    NoData idle = noData(noData, "idle", NoData.GOOD);
    NoData unmeasured = noData(noData, "unmeasured", NoData.EXCLUDED);
    Optional<Contract.Exclusions> exclusions = ExclusionClauses.read(spec.get("exclusions"));
    Optional<Contract.Credits> credits = spec.require("credits").flatMap(CreditTerms::read);
    if (provider.isEmpty()
        || zone.isEmpty()
        || from.isEmpty()
        || services.isEmpty()
        || exclusions.isEmpty()
        || credits.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Contract(
            name,
            shown,
            provider.get(),
            zone.get(),
            from.get(),
            services.get(),
            idle,
            unmeasured,
            exclusions.get(),
            credits.get()));
  }

  private static Optional<List<Contract.Service>> services(YamlValue value) {
    Optional<List<YamlValue>> items = value.list();
    if (items.isEmpty()) {
      return Optional.empty();
    }
    if (items.get().isEmpty() || items.get().size() > SERVICES_MAX) {
      value.refuse(
          "length", "has " + items.get().size() + " services; 1 to " + SERVICES_MAX + " may be");
    }
    List<Contract.Service> services = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (YamlValue item : items.get()) {
      ServiceReader.read(item, names).ifPresent(services::add);
    }
    return Optional.of(List.copyOf(services));
  }

  private static NoData noData(Optional<YamlMap> map, String key, NoData absent) {
    return map.flatMap(fields -> fields.get(key))
        .flatMap(value -> value.oneOf(NO_DATA_WORDS))
        .map(word -> NoData.valueOf(word.toUpperCase(Locale.ROOT)))
        .orElse(absent);
  }

  private static Optional<ZoneId> zone(YamlValue value) {
    Optional<String> text = value.text();
    if (text.isPresent() && !ZoneId.getAvailableZoneIds().contains(text.get())) {
      value.refuse("time-zone", "'" + text.get() + "' is no zone such as Europe/Berlin or UTC");
      return Optional.empty();
    }
    return text.map(ZoneId::of);
  }

  private static Optional<YearMonth> month(YamlValue value) {
    Optional<String> text = value.text();
    try {
      return text.map(YearMonth::parse);
    } catch (DateTimeException e) {
      value.refuse("month", "'" + text.orElse("") + "' is no month such as 2026-01");
      return Optional.empty();
    }
  }
}
