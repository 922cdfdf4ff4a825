// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sloth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nines.objectives.sloth.SlothSlo.Alert;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** An SLO as an OpenSLO v1 document. What nothing here reads is kept in annotations of Sloth. */
final class SloDocument {

  private static final int DISPLAY_NAME_MAX = 63;
  private static final String THEIRS = "sloth.slok.dev/";

  /** Sloth's shortest window, 5 min, is whole ones. */
  private static final String SLICE = "1m";

  private static final ObjectMapper JSON = new ObjectMapper();

  private SloDocument() {}

  /** Sloth's id in lower case; {@code .} and {@code _} are {@code -}. */
  static String name(SlothSlo slo) {
    return slo.id().toLowerCase(Locale.ROOT).replace('_', '-').replace('.', '-');
  }

  /** With a first line that says where it comes from. */
  static String yaml(SlothSlo slo, SlothBurn burn) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("apiVersion", "openslo/v1");
    document.put("kind", "SLO");
    document.put("metadata", metadata(slo, burn));
    document.put("spec", spec(slo, burn));
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setIndicatorIndent(2);
    options.setIndentWithIndicator(true);
    options.setSplitLines(false);
    return "# From Sloth, " + slo.place() + "\n" + new Yaml(options).dump(document);
  }

  private static Map<String, Object> metadata(SlothSlo slo, SlothBurn burn) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("name", name(slo));
    if (!name(slo).equals(slo.id()) && slo.id().length() <= DISPLAY_NAME_MAX) {
      metadata.put("displayName", slo.id());
    }
    if (!slo.labels().isEmpty()) {
      metadata.put("labels", slo.labels());
    }
    Map<String, String> annotations = new LinkedHashMap<>();
    annotations.put("nines.dev/burn", burn.of(slo).annotation());
    annotations.put("nines.dev/vanished", "off");
    if (!slo.alerting().name().isEmpty()) {
      annotations.put(THEIRS + "alert", slo.alerting().name());
    }
    kept(annotations, "page", slo.alerting().page());
    kept(annotations, "ticket", slo.alerting().ticket());
    metadata.put("annotations", annotations);
    return metadata;
  }

  private static void kept(Map<String, String> annotations, String severity, Alert alert) {
    if (!alert.disabled() && !alert.labels().isEmpty()) {
      annotations.put(THEIRS + severity + "-labels", json(alert.labels()));
    }
    if (!alert.disabled() && !alert.annotations().isEmpty()) {
      annotations.put(THEIRS + severity + "-annotations", json(alert.annotations()));
    }
  }

  private static String json(Map<String, String> texts) {
    try {
      return JSON.writeValueAsString(texts);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Object> spec(SlothSlo slo, SlothBurn burn) {
    Map<String, Object> spec = new LinkedHashMap<>();
    if (!slo.description().isEmpty()) {
      spec.put("description", slo.description());
    }
    spec.put("service", slo.service());
    Map<String, Object> indicator = new LinkedHashMap<>();
    indicator.put("metadata", Map.of("name", name(slo)));
    indicator.put("spec", Map.of("ratioMetric", ratio(slo.sli())));
    spec.put("indicator", indicator);
    Map<String, Object> window = new LinkedHashMap<>();
    window.put("duration", burn.periodDays() + "d");
    window.put("isRolling", true);
    spec.put("timeWindow", List.of(window));
    Map<String, Object> objective = new LinkedHashMap<>();
    objective.put("targetPercent", number(slo.objective()));
    if (slo.sli() instanceof Sli.Raw) {
      objective.put("timeSliceWindow", SLICE);
    }
    spec.put("budgetingMethod", slo.sli() instanceof Sli.Raw ? "RatioTimeslices" : "Occurrences");
    spec.put("objectives", List.of(objective));
    return spec;
  }

  private static Map<String, Object> ratio(Sli sli) {
    Map<String, Object> ratio = new LinkedHashMap<>();
    if (!(sli instanceof Sli.Raw)) {
      ratio.put("counter", true);
    }
    switch (sli) {
      case Sli.Raw(var ratios, boolean success) -> {
        ratio.put("raw", source(whole(ratios, false)));
        ratio.put("rawType", success ? "success" : "failure");
      }
      case Sli.Ratio(var total, var part, boolean bad) -> {
        ratio.put("total", source(whole(total, false)));
        ratio.put(bad ? "bad" : "good", source(whole(part, true)));
      }
      case Sli.Limit(var total, String threshold) -> {
        ratio.put("total", source(whole(total, false)));
        ratio.put("good", source(Map.of("threshold", number(new BigDecimal(threshold)))));
      }
    }
    return ratio;
  }

  private static Map<String, Object> source(Map<String, Object> spec) {
    Map<String, Object> source = new LinkedHashMap<>();
    source.put("type", "nines/metrics");
    source.put("spec", spec);
    return Map.of("metricSource", source);
  }

  /**
   * @param explicit also what selects all: a part inherits what it leaves out
   */
  private static Map<String, Object> whole(Sli.Series series, boolean explicit) {
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("metric", series.metric());
    if (explicit || !series.service().isEmpty()) {
      spec.put("service", series.service());
    }
    Map<String, Object> attributes = series.attributes().yaml();
    if (explicit || !attributes.isEmpty()) {
      spec.put("attributes", attributes);
    }
    return spec;
  }

  /** YAML has the plain decimal. */
  private static Number number(BigDecimal value) {
    BigDecimal plain = value.stripTrailingZeros();
    return plain.scale() <= 0 ? plain.toBigIntegerExact() : plain;
  }
}
