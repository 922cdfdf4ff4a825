// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import dev.nines.objectives.BurnPolicy;
import dev.nines.objectives.BurnPolicy.Severity;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads {@code spec.alertPolicies} of an SLO: an alert policy has one condition, the burn rate over
 * one window. Here that is a {@link BurnPolicy} whose two windows are the same.
 */
final class AlertPolicyReader {

  private static final Set<String> ITEM = Set.of("alertPolicyRef", "kind", "metadata", "spec");
  private static final Set<String> CONDITION_ITEM =
      Set.of("conditionRef", "kind", "metadata", "spec");
  private static final Set<String> TARGET_ITEM = Set.of("targetRef", "kind", "metadata", "spec");
  private static final Set<String> POLICY =
      Set.of(
          "description",
          "alertWhenNoData",
          "alertWhenResolved",
          "alertWhenBreaching",
          "conditions",
          "notificationTargets");
  private static final Set<String> CONDITION = Set.of("description", "severity", "condition");
  private static final Set<String> BURN_RATE =
      Set.of("kind", "op", "threshold", "lookbackWindow", "alertAfter");

  /** An object that stands in another has the version of that. */
  private static final Set<String> INLINE = Set.of("apiVersion");

  private static final List<String> OPERATORS = List.of("lte", "gte", "lt", "gt");
  private static final List<String> PAGING = List.of("page", "critical", "high");
  private static final int DIGITS_MAX = 9;
  private static final Pattern LOOKBACK = Pattern.compile("[1-9][0-9]{0,5}[mhdw]");
  private static final Pattern AFTER = Pattern.compile("0[mhdwMQY]|[1-9][0-9]{0,5}[mhdw]");

  private final Library library;

  AlertPolicyReader(Library library) {
    this.library = library;
  }

  /**
   * A policy of an SLO.
   *
   * @param place where the SLO names it
   */
  record Placed(BurnPolicy policy, YamlValue place) {}

  /** Those that alert; complains about all others. */
  List<Placed> read(YamlValue alertPolicies) {
    List<Placed> policies = new ArrayList<>();
    for (YamlValue item : alertPolicies.list().orElse(List.of())) {
      object(item, ITEM, "AlertPolicy", "alertPolicyRef").stream()
          .flatMap(policy -> policies(policy).stream())
          .forEach(policy -> policies.add(new Placed(policy, item)));
    }
    return policies;
  }

  /** An object of the kind, inline or named; an inline one says its kind or leaves it out. */
  private Optional<YamlMap> object(
      YamlValue value, Set<String> known, String kind, String reference) {
    if (value.node() instanceof ScalarNode && !value.isNull()) {
      String name = value.scalar();
      return value.dialect(
              "bare-reference", "'" + name + "' is no map", "reads " + reference + ": " + name)
          ? library.named(kind, value)
          : Optional.empty();
    }
    return value.map(known, INLINE).flatMap(item -> object(item, kind, reference));
  }

  private Optional<YamlMap> object(YamlMap item, String kind, String reference) {
    if (item.has(reference)) {
      for (String inline : List.of("kind", "metadata", "spec")) {
        item.get(inline)
            .ifPresent(value -> value.refuse("exactly-one", "stands beside " + reference));
      }
      return item.get(reference).flatMap(value -> library.named(kind, value));
    }
    item.get("kind").ifPresent(value -> value.oneOf(List.of(kind)));
    return Optional.of(item);
  }

  /** Also of a policy that no SLO names: all that is wrong with it is told. */
  List<BurnPolicy> policies(YamlMap object) {
    Optional<Metadata> metadata = Metadata.read(object);
    Optional<YamlMap> fields = object.require("spec").flatMap(value -> value.map(POLICY));
    if (fields.isEmpty()) {
      return List.of();
    }
    YamlMap spec = fields.get();
    spec.get("description").ifPresent(value -> value.text(SloReader.DESCRIPTION_MAX));
    unused(spec, "alertWhenNoData", "nines.dev/vanished says who is told");
    unused(spec, "alertWhenResolved", "a page that is over resolves itself");
    Optional<Boolean> alerts = spec.get("alertWhenBreaching").flatMap(YamlValue::bool);
    targets(spec);
    List<BurnPolicy> policies =
        conditions(
            spec.require("conditions").map(AlertPolicyReader::one).orElse(List.of()),
            metadata.map(Metadata::name).orElse(""));
    if (alerts.isPresent() && !alerts.get()) {
      spec.get("alertWhenBreaching")
          .ifPresent(value -> value.note("unused", "alerts nobody: the policy is not used"));
      return List.of();
    }
    return policies;
  }

  private List<BurnPolicy> conditions(List<YamlValue> items, String policyName) {
    List<BurnPolicy> policies = new ArrayList<>();
    for (YamlValue item : items) {
      String name =
          policyName + (item.equals(items.getFirst()) ? "" : "-" + (items.indexOf(item) + 1));
      if (name.length() > SloReader.NAME_MAX) {
        item.refuse("length", "is policy '" + name + "', of more than " + SloReader.NAME_MAX);
      }
      object(item, CONDITION_ITEM, "AlertCondition", "conditionRef")
          .flatMap(condition -> condition(condition, name))
          .ifPresent(policies::add);
    }
    return policies;
  }

  /** Also of a condition that no policy names. */
  Optional<BurnPolicy> condition(YamlMap object, String policyName) {
    Metadata.read(object);
    Optional<YamlMap> fields = object.require("spec").flatMap(value -> value.map(CONDITION));
    if (fields.isEmpty()) {
      return Optional.empty();
    }
    fields.get().get("description").ifPresent(value -> value.text(SloReader.DESCRIPTION_MAX));
    Optional<Severity> severity =
        fields.get().require("severity").flatMap(AlertPolicyReader::severity);
    Optional<YamlMap> burn =
        fields.get().require("condition").flatMap(value -> value.map(BURN_RATE));
    return burn.flatMap(
        condition -> severity.flatMap(told -> burnRate(condition, policyName, told)));
  }

  private static Optional<BurnPolicy> burnRate(YamlMap condition, String name, Severity severity) {
    condition.get("kind").ifPresent(value -> value.oneOf(List.of("burnrate")));
    Optional<String> operator = operator(condition);
    Optional<BigDecimal> threshold =
        condition.require("threshold").flatMap(AlertPolicyReader::threshold);
    Optional<Duration> window =
        condition
            .require("lookbackWindow")
            .flatMap(AlertPolicyReader::lookback)
            .flatMap(DurationText::parse);
    Optional<Duration> after = after(condition);
    if (operator.isEmpty() || threshold.isEmpty() || window.isEmpty() || after.isEmpty()) {
      return Optional.empty();
    }
    Duration length = window.get();
    boolean orEqual = operator.get().equals("gte");
    return Optional.of(
        new BurnPolicy(
            name, length, length, threshold.get(), severity, orEqual, after.get().toSeconds()));
  }

  /** None where it is left out; empty after a complaint. */
  private static Optional<Duration> after(YamlMap condition) {
    Optional<YamlValue> value = condition.get("alertAfter");
    if (value.isEmpty()) {
      return Optional.of(Duration.ZERO);
    }
    return value
        .get()
        .matching(AFTER, "duration", "is no length: a number and m h d or w")
        .flatMap(
            text -> text.startsWith("0") ? Optional.of(Duration.ZERO) : DurationText.parse(text));
  }

  private static Optional<String> lookback(YamlValue value) {
    String text = value.scalar();
    if (text.startsWith("-") && LOOKBACK.matcher(text.substring(1)).matches()) {
      return value.dialect("duration", "'" + text + "' is below 0", "reads " + text.substring(1))
          ? Optional.of(text.substring(1))
          : Optional.empty();
    }
    return value.matching(LOOKBACK, "duration", "is no length: a number and m h d or w");
  }

  /** OpenSLO's examples wrote lte of a rate that exceeds, and were mended to gt. */
  private static Optional<String> operator(YamlMap condition) {
    if (!condition.has("op")) {
      return condition.dialect("op", "required", "is required", "reads gt")
          ? Optional.of("gt")
          : Optional.empty();
    }
    YamlValue value = condition.get("op").orElseThrow();
    Optional<String> operator = value.oneOf(OPERATORS);
    if (operator.isPresent() && operator.get().startsWith("lt")) {
      String wrong =
          "'" + operator.get() + "' alerts while healthy, as OpenSLO's own examples did; write gt";
      return value.dialect("inverted", wrong, "reads gt, the opposite, and alerts while it burns")
          ? Optional.of("gt")
          : Optional.empty();
    }
    return operator;
  }

  private static Optional<BigDecimal> threshold(YamlValue value) {
    Optional<BigDecimal> threshold = value.number();
    if (threshold.isPresent() && threshold.get().signum() <= 0) {
      value.refuse("range", "must be above 0");
      return Optional.empty();
    }
    return threshold.flatMap(number -> Quantity.digits(value, number, DIGITS_MAX));
  }

  private static Optional<Severity> severity(YamlValue value) {
    Optional<String> word = value.text();
    if (word.isEmpty()) {
      return Optional.empty();
    }
    if (PAGING.contains(word.get())) {
      return Optional.of(Severity.PAGE);
    }
    if (!word.get().equals("ticket")) {
      value.note("severity", "'" + word.get() + "' is a ticket; page, critical and high page");
    }
    return Optional.of(Severity.TICKET);
  }

  private void targets(YamlMap spec) {
    for (YamlValue item :
        spec.get("notificationTargets").flatMap(YamlValue::list).orElse(List.of())) {
      Optional<String> told =
          object(item, TARGET_ITEM, "AlertNotificationTarget", "targetRef")
              .flatMap(OtherKinds::target);
      if (!told.equals(Optional.of(OtherKinds.ROUTES))) {
        item.note("unused", "routes say who is told");
      }
    }
  }

  private static List<YamlValue> one(YamlValue conditions) {
    List<YamlValue> items = conditions.list().orElse(List.of());
    String wrong =
        "has " + items.size() + "; exactly one must be: several windows are nines.dev/burn's";
    if (items.size() > 1) {
      conditions.dialect("exactly-one", wrong, "reads each as a policy that alerts by itself");
    } else if (items.isEmpty() && conditions.node() instanceof SequenceNode) {
      conditions.refuse("exactly-one", wrong);
    }
    return items;
  }

  private static void unused(YamlMap spec, String flag, String instead) {
    spec.get(flag)
        .ifPresent(
            value -> {
              value.bool();
              value.note("unused", "is not used: " + instead);
            });
  }
}
