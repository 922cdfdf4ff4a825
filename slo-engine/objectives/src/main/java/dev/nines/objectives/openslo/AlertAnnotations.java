// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import dev.nines.objectives.BurnPolicy;
import dev.nines.objectives.Confidence;
import dev.nines.objectives.Gate;
import dev.nines.objectives.Slo.Missing;
import dev.nines.objectives.Slo.Vanished;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What OpenSLO v1 cannot say: multi-window policies, confidence, groups, missing events, gates,
 * excluded time.
 */
final class AlertAnnotations {

  private static final Pattern LEVEL = Pattern.compile("0\\.[0-9]{1,6}");
  private static final int POLICIES_MAX = 10;

  /** No policies at all, not even the workbook's. */
  static final String NO_BURN = "off";

  private static final int ATTRIBUTE_MAX = 255;
  private static final Pattern FAILURES = Pattern.compile("[1-9][0-9]{0,8}");

  private final Map<String, YamlValue> annotations;

  AlertAnnotations(Map<String, YamlValue> annotations) {
    this.annotations = annotations;
  }

  /** Some are declared. */
  boolean burns() {
    return annotations.containsKey("burn");
  }

  /** The declared policies, else the workbook's, of those that the SLO can reach. */
  List<BurnPolicy> policies(BurnPolicies limits) {
    YamlValue burn = annotations.get("burn");
    if (burn == null) {
      return limits.defaults();
    }
    if (burn.scalar().equals(NO_BURN)) {
      return List.of();
    }
    int before = burn.findings().count();
    List<PolicyParser.Placed> placed =
        PolicyParser.parse(
            burn.text().orElse(""),
            (offset, message) -> burn.refuseAt(offset, "burn-policy", message));
    if (placed.isEmpty() && before == burn.findings().count()) {
      burn.refuse(
          "burn-policy",
          "names no policy, such as long=1h short=5m factor=14.4 severity=page; none are 'off'");
    }
    if (placed.size() > POLICIES_MAX) {
      burn.refuse("burn-policy", "has more than " + POLICIES_MAX + " policies");
    }
    return checked(burn, placed, limits);
  }

  private static List<BurnPolicy> checked(
      YamlValue burn, List<PolicyParser.Placed> placed, BurnPolicies limits) {
    Set<String> names = new HashSet<>();
    List<BurnPolicy> policies = new ArrayList<>();
    for (PolicyParser.Placed each : placed) {
      BurnPolicy policy = each.policy();
      for (String wrong : limits.wrong(policy, "long", "short")) {
        burn.refuseAt(each.offset(), "burn-policy", wrong);
      }
      if (!names.add(policy.name())) {
        burn.refuseAt(
            each.offset(), "duplicate", "a second policy '" + policy.name() + "'; add name=");
      }
      policies.add(policy);
    }
    return policies;
  }

  /** Zero when none is asked for. */
  BigDecimal confidence() {
    YamlValue value = annotations.get("confidence");
    if (value == null) {
      return BigDecimal.ZERO;
    }
    Optional<BigDecimal> level =
        value
            .text()
            .filter(text -> LEVEL.matcher(text).matches())
            .map(BigDecimal::new)
            .filter(number -> Confidence.at(number).isPresent());
    if (level.isEmpty()) {
      value.refuse("one-of", "must be one of " + Confidence.LEVELS);
    }
    return level.orElse(BigDecimal.ZERO);
  }

  /** Slices are not events: how sure one can be of few events says nothing of them. */
  void refuseForSlices() {
    for (String name : List.of("confidence", "missing", "expected-events")) {
      YamlValue value = annotations.get(name);
      if (value != null && !value.scalar().equals("neutral")) {
        value.refuse("contradiction", "is of events; slices spend this budget");
      }
    }
  }

  /** Of a ratio that has lost its events. */
  void refuseForRaw() {
    YamlValue value = annotations.get("min-failures");
    if (value != null) {
      value.refuse("contradiction", "is of events; a raw ratio has lost how many there were");
    }
  }

  /** How sure one can be of few events is known of one ratio, and so is what few events spend. */
  void refuseForComposite() {
    for (String name : List.of("confidence", "expected-events")) {
      YamlValue value = annotations.get(name);
      if (value != null) {
        value.refuse("contradiction", "is of the events of one ratio; a composite has several");
      }
    }
  }

  /** Kind and target of a composite, for {@link CompositeReader}. */
  Optional<YamlValue> composite() {
    return Optional.ofNullable(annotations.get("composite"));
  }

  /** Bad events in the long window that a page needs; 0 when none are asked for. */
  long minFailures() {
    YamlValue value = annotations.get("min-failures");
    return value == null
        ? 0
        : value
            .matching(FAILURES, "whole-number", "is no whole number from 1 to 999999999")
            .map(Long::parseLong)
            .orElse(0L);
  }

  /** Complains where so few events as are declared make no sense of the SLO. */
  void checkTraffic(Function<ThinTraffic, List<String>> wrong) {
    YamlValue value = annotations.get("expected-events");
    if (value != null) {
      ThinTraffic.read(value)
          .map(wrong)
          .orElse(List.of())
          .forEach(message -> value.refuse("traffic", message));
    }
  }

  /** Empty when none is declared, or after a complaint. */
  Optional<Gate> gate() {
    YamlValue value = annotations.get("gate");
    return value == null ? Optional.empty() : GateReader.read(value);
  }

  /** Events of excluded time are good, not removed. */
  boolean excludedGood() {
    YamlValue value = annotations.get("exclusions");
    return value != null
        && value.oneOf(List.of("removed", "good")).filter(word -> word.equals("good")).isPresent();
  }

  /** Empty when none is named. */
  String groupBy() {
    YamlValue value = annotations.get("group");
    if (value == null) {
      return "";
    }
    Optional<String> key = value.text(ATTRIBUTE_MAX);
    if (key.filter(text -> text.isBlank() || !text.equals(text.strip())).isPresent()) {
      value.refuse("attribute", "must be the key of an attribute, such as customer.id");
    }
    return key.orElse("");
  }

  /** What nobody judges can be no promise: bad needs an alert. */
  Missing missing(Vanished vanished) {
    YamlValue value = annotations.get("missing");
    if (value == null
        || value.oneOf(List.of("neutral", "bad")).filter(word -> word.equals("bad")).isEmpty()) {
      return Missing.NEUTRAL;
    }
    if (vanished == Vanished.OFF) {
      value.refuse("contradiction", "'bad' needs nines.dev/vanished: page or ticket, not off");
    }
    return Missing.BAD;
  }

  Vanished vanished() {
    YamlValue value = annotations.get("vanished");
    return value == null
        ? Vanished.PAGE
        : value
            .oneOf(List.of("page", "ticket", "off"))
            .map(word -> Vanished.valueOf(word.toUpperCase(Locale.ROOT)))
            .orElse(Vanished.PAGE);
  }
}
