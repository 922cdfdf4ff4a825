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
  private static final List<String> OPERATORS = List.of("lte", "gte", "lt", "gt");
  private static final List<String> PAGING = List.of("page", "critical", "high");
  private static final int DIGITS_MAX = 9;
  private static final Pattern LOOKBACK = Pattern.compile("[1-9][0-9]{0,5}[mhdw]");
  private static final Pattern AFTER = Pattern.compile("0[mhdwMQY]");

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
      item.map(ITEM)
          .flatMap(fields -> object(fields, "AlertPolicy", "alertPolicyRef"))
          .flatMap(this::policy)
          .ifPresent(policy -> policies.add(new Placed(policy, item)));
    }
    return policies;
  }

  /** An object of the kind, inline or named; an inline one says its kind or leaves it out. */
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
  Optional<BurnPolicy> policy(YamlMap object) {
    Optional<Metadata> metadata = Metadata.read(object);
    Optional<YamlMap> fields = object.require("spec").flatMap(value -> value.map(POLICY));
    if (fields.isEmpty()) {
      return Optional.empty();
    }
    YamlMap spec = fields.get();
    spec.get("description").ifPresent(value -> value.text(SloReader.DESCRIPTION_MAX));
    unused(spec, "alertWhenNoData", "nines.dev/vanished says who is told");
    unused(spec, "alertWhenResolved", "a page that is over resolves itself");
    Optional<Boolean> alerts = spec.get("alertWhenBreaching").flatMap(YamlValue::bool);
    targets(spec);
    Optional<BurnPolicy> policy =
        spec.require("conditions")
            .flatMap(AlertPolicyReader::only)
            .flatMap(item -> item.map(CONDITION_ITEM))
            .flatMap(item -> object(item, "AlertCondition", "conditionRef"))
            .flatMap(condition -> condition(condition, metadata.map(Metadata::name).orElse("")));
    if (alerts.isPresent() && !alerts.get()) {
      spec.get("alertWhenBreaching")
          .ifPresent(value -> value.note("unused", "alerts nobody: the policy is not used"));
      return Optional.empty();
    }
    return policy;
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
    Optional<String> operator = condition.require("op").flatMap(AlertPolicyReader::operator);
    Optional<BigDecimal> threshold =
        condition.require("threshold").flatMap(AlertPolicyReader::threshold);
    Optional<Duration> window =
        condition
            .require("lookbackWindow")
            .flatMap(
                value ->
                    value.matching(LOOKBACK, "duration", "is no length: a number and m h d or w"))
            .flatMap(DurationText::parse);
    condition
        .get("alertAfter")
        .ifPresent(
            value ->
                value.matching(
                    AFTER,
                    "not-supported",
                    "is not supported: an alert that waits misses short outages; write 0m"));
    if (operator.isEmpty() || threshold.isEmpty() || window.isEmpty()) {
      return Optional.empty();
    }
    Duration length = window.get();
    boolean orEqual = operator.get().equals("gte");
    return Optional.of(new BurnPolicy(name, length, length, threshold.get(), severity, orEqual));
  }

  private static Optional<String> operator(YamlValue value) {
    Optional<String> operator = value.oneOf(OPERATORS);
    if (operator.isPresent() && operator.get().startsWith("lt")) {
      value.refuse(
          "inverted",
          "'%s' alerts while healthy, as OpenSLO's own examples did; write %s"
              .formatted(operator.get(), operator.get().replace("lt", "gt")));
      return Optional.empty();
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
          item.map(TARGET_ITEM)
              .flatMap(fields -> object(fields, "AlertNotificationTarget", "targetRef"))
              .flatMap(OtherKinds::target);
      if (!told.equals(Optional.of(OtherKinds.ROUTES))) {
        item.note("unused", "routes say who is told");
      }
    }
  }

  private static Optional<YamlValue> only(YamlValue conditions) {
    Optional<List<YamlValue>> items = conditions.list();
    if (items.isPresent() && items.get().size() != 1) {
      conditions.refuse(
          "exactly-one",
          "has "
              + items.get().size()
              + "; exactly one must be: several windows are nines.dev/burn's");
      return Optional.empty();
    }
    return items.map(List::getFirst);
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
