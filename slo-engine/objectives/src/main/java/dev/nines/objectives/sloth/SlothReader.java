// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sloth;

import dev.nines.objectives.openslo.Findings;
import dev.nines.objectives.openslo.Source;
import dev.nines.objectives.openslo.YamlDocuments;
import dev.nines.objectives.openslo.YamlMap;
import dev.nines.objectives.openslo.YamlValue;
import dev.nines.objectives.sloth.SlothSlo.Alert;
import dev.nines.objectives.sloth.SlothSlo.Alerting;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads the specs of one file; complains about each part that has no place here. */
final class SlothReader {

  private static final int CHARACTERS_MAX = 8 << 20;
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final String VERSION = "prometheus/v1";
  private static final String API_VERSION = "sloth.slok.dev/v1";
  private static final Set<String> OBJECT =
      Set.of("apiVersion", "kind", "metadata", "spec", "status");
  private static final Set<String> SLO =
      Set.of("name", "description", "objective", "labels", "plugins", "sli", "alerting");
  private static final Set<String> SLI = Set.of("events", "raw", "plugin");
  private static final Set<String> ALERT = Set.of("disable", "labels", "annotations");

  private final Source file;
  private final List<String> lines;
  private final Findings findings;
  private final Translator translator;
  private final List<SlothSlo> slos = new ArrayList<>();
  private int declared;

  private SlothReader(Source file, Findings findings, Optional<Arrival> arrival) {
    this.file = file;
    this.lines = file.text().lines().toList();
    this.findings = findings;
    this.translator = new Translator(arrival);
  }

  /**
   * @param slos those that are translated
   * @param declared how many there are
   */
  record Read(List<SlothSlo> slos, int declared) {}

  static Read read(Source file, Findings findings, Optional<Arrival> arrival) {
    SlothReader reader = new SlothReader(file, findings, arrival);
    YamlDocuments.read(
        file.text(),
        CHARACTERS_MAX,
        findings,
        node -> {
          if (!node.getTag().equals(Tag.NULL)) {
            new YamlValue(node, "", findings).anyMap().ifPresent(reader::document);
          }
        });
    return new Read(reader.slos, reader.declared);
  }

  private void document(YamlMap document) {
    int before = findings.count();
    if (document.has("apiVersion")) {
      kubernetes(document, before);
    } else if (document.self().map(Dialect.PROMETHEUS.specFields()).isPresent()) {
      document.constant("version", VERSION);
      spec(document, Dialect.PROMETHEUS, before);
    }
  }

  private void kubernetes(YamlMap document, int before) {
    YamlValue version = document.require("apiVersion").orElseThrow();
    String kind = document.get("kind").flatMap(YamlValue::text).orElse("");
    String found = version.text().orElse("") + " " + kind;
    if (!found.equals(API_VERSION + " PrometheusServiceLevel")) {
      version.refuse(
          "kind",
          "'%s' is no spec of SLOs of Sloth: %s PrometheusServiceLevel and version %s are"
              .formatted(found.strip(), API_VERSION, VERSION));
      return;
    }
    document.self().map(OBJECT);
    document
        .require("spec")
        .flatMap(spec -> spec.map(Dialect.KUBERNETES.specFields()))
        .ifPresent(spec -> spec(spec, Dialect.KUBERNETES, before));
  }

  /**
   * What is wrong with the spec itself is wrong with each of its SLOs.
   *
   * @param before findings of other documents
   */
  private void spec(YamlMap spec, Dialect dialect, int before) {
    Optional<String> service = spec.require("service").flatMap(YamlValue::text);
    Map<String, String> labels = texts(spec, "labels");
    spec.get(dialect.plugins)
        .ifPresent(
            value ->
                value.refuse("plugin", "plugins may change any rule; take them out to import"));
    List<YamlValue> items =
        spec.require("slos").flatMap(YamlValue::list).orElse(List.<YamlValue>of());
    declared += items.size();
    boolean sound = findings.count() == before;
    for (YamlValue item : items) {
      int soFar = findings.count();
      Optional<SlothSlo> slo =
          item.map(SLO).flatMap(map -> slo(map, service.orElse(""), labels, dialect));
      if (sound && findings.count() == soFar) {
        slo.ifPresent(slos::add);
      }
    }
  }

  private Optional<SlothSlo> slo(
      YamlMap map, String service, Map<String, String> ofSpec, Dialect dialect) {
    Optional<String> name = map.require("name").flatMap(YamlValue::text);
    Optional<BigDecimal> objective = map.require("objective").flatMap(SlothReader::objective);
    map.get("plugins")
        .ifPresent(
            value ->
                value.refuse("plugin", "plugins may change any rule; take them out to import"));
    Map<String, String> labels = new LinkedHashMap<>(ofSpec);
    labels.putAll(texts(map, "labels"));
    String description = map.get("description").flatMap(YamlValue::text).orElse("");
    Optional<Translator.Reading.Read> sli =
        map.require("sli").flatMap(value -> sli(value, dialect));
    Alerting alerting =
        map.get("alerting")
            .flatMap(value -> value.map(dialect.alertingFields()))
            .map(value -> alerting(value, dialect))
            .orElseGet(() -> new Alerting("", none(), none()));
    if (name.isEmpty() || objective.isEmpty() || sli.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new SlothSlo(
            file.file(),
            map.self().line(),
            service,
            name.get(),
            description,
            objective.get(),
            labels,
            sli.get().sli(),
            sli.get().notes(),
            alerting));
  }

  private static Optional<BigDecimal> objective(YamlValue value) {
    Optional<BigDecimal> percent = value.number();
    if (percent.isPresent()
        && (percent.get().signum() <= 0 || percent.get().compareTo(HUNDRED) >= 0)) {
      value.refuse(
          "range",
          percent.get().compareTo(HUNDRED) == 0
              ? "100 leaves no budget: 1 - 1 = 0, and no event may ever fail"
              : percent.get().toPlainString() + " is not in (0, 100)");
      return Optional.empty();
    }
    return percent;
  }

  private Optional<Translator.Reading.Read> sli(YamlValue value, Dialect dialect) {
    Optional<YamlMap> sli = value.map(SLI);
    if (sli.isEmpty()) {
      return Optional.empty();
    }
    sli.get()
        .get("plugin")
        .ifPresent(
            plugin -> plugin.refuse("plugin", "is code of Sloth, whose queries are not known"));
    if (sli.get().has("plugin")) {
      return Optional.empty();
    }
    if (sli.get().has("raw")) {
      return raw(sli.get(), dialect);
    }
    return sli.get()
        .require("events")
        .flatMap(events -> events.map(dialect.eventFields()))
        .flatMap(events -> events(events, dialect));
  }

  private Optional<Translator.Reading.Read> raw(YamlMap sli, Dialect dialect) {
    sli.get("events").ifPresent(events -> events.refuse("exactly-one", "stands beside raw"));
    Optional<Query> query =
        sli.require("raw")
            .flatMap(raw -> raw.map(Set.of(dialect.errorRatioQuery)))
            .flatMap(raw -> query(raw, dialect.errorRatioQuery));
    if (query.isEmpty()) {
      return Optional.empty();
    }
    Translator.Reading reading =
        switch (RatioQuery.read(query.get().text())) {
          case RatioQuery.Reading.Read(RatioQuery ratio) -> translator.translate(ratio);
          case RatioQuery.Reading.Refused(PromQl.Refusal refusal) ->
              new Translator.Reading.Refused(true, refusal);
        };
    return switch (reading) {
      case Translator.Reading.Read read -> Optional.of(read);
      case Translator.Reading.Refused(boolean ofErrors, PromQl.Refusal refusal) -> {
        query.get().refuse(refusal);
        yield Optional.empty();
      }
    };
  }

  private Optional<Translator.Reading.Read> events(YamlMap events, Dialect dialect) {
    Optional<Query> errorQuery = query(events, dialect.errorQuery);
    Optional<Query> totalQuery = query(events, dialect.totalQuery);
    Optional<Expr> errors = errorQuery.flatMap(SlothReader::parsed);
    Optional<Expr> total = totalQuery.flatMap(SlothReader::parsed);
    if (errors.isEmpty() || total.isEmpty()) {
      return Optional.empty();
    }
    return switch (translator.translate(errors.get(), total.get())) {
      case Translator.Reading.Read read -> Optional.of(read);
      case Translator.Reading.Refused(boolean ofErrors, PromQl.Refusal refusal) -> {
        (ofErrors ? errorQuery : totalQuery).orElseThrow().refuse(refusal);
        yield Optional.empty();
      }
    };
  }

  private Optional<Query> query(YamlMap events, String field) {
    return events
        .require(field)
        .flatMap(value -> value.text().map(text -> new Query(value, text, lines)));
  }

  private static Optional<Expr> parsed(Query query) {
    return switch (PromQl.read(query.text())) {
      case PromQl.Reading.Read(Expr expr) -> Optional.of(expr);
      case PromQl.Reading.Refused(PromQl.Refusal refusal) -> {
        query.refuse(refusal);
        yield Optional.empty();
      }
    };
  }

  private static Alerting alerting(YamlMap map, Dialect dialect) {
    String name = map.get("name").flatMap(YamlValue::text).orElse("");
    return new Alerting(name, alert(map, dialect.pageAlert), alert(map, dialect.ticketAlert));
  }

  private static Alert alert(YamlMap alerting, String field) {
    Map<String, String> labels = new LinkedHashMap<>(texts(alerting, "labels"));
    Map<String, String> annotations = new LinkedHashMap<>(texts(alerting, "annotations"));
    Optional<YamlMap> alert = alerting.get(field).flatMap(value -> value.map(ALERT));
    alert.ifPresent(map -> labels.putAll(texts(map, "labels")));
    alert.ifPresent(map -> annotations.putAll(texts(map, "annotations")));
    boolean disabled =
        alert.flatMap(map -> map.get("disable")).flatMap(YamlValue::bool).orElse(false);
    return new Alert(disabled, labels, annotations);
  }

  private static Alert none() {
    return new Alert(false, Map.of(), Map.of());
  }

  private static Map<String, String> texts(YamlMap map, String field) {
    Map<String, String> texts = new LinkedHashMap<>();
    map.get(field)
        .flatMap(YamlValue::anyMap)
        .ifPresent(
            found ->
                found
                    .fields()
                    .forEach((key, value) -> value.text().ifPresent(text -> texts.put(key, text))));
    return texts;
  }
}
