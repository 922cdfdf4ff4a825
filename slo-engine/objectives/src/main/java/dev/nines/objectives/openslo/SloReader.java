// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import dev.nines.objectives.Budgeting;
import dev.nines.objectives.Budgeting.Sliced;
import dev.nines.objectives.BurnPolicy;
import dev.nines.objectives.BurnPolicy.Severity;
import dev.nines.objectives.Gate;
import dev.nines.objectives.Indicator;
import dev.nines.objectives.Slo;
import dev.nines.objectives.TimeWindow;
import dev.nines.objectives.openslo.ObjectiveReader.Objective;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads an SLO. Each of its objectives is an SLO here: the first has its name, the names of the
 * others end with {@code -2}, {@code -3} and so on.
 */
final class SloReader {

  static final int DESCRIPTION_MAX = 1_050;

  private static final Duration NO_LIMIT = Duration.ofDays(36_500);
  static final int NAME_MAX = 63;
  private static final Set<String> SPEC =
      Set.of(
          "description",
          "service",
          "indicator",
          "indicatorRef",
          "timeWindow",
          "budgetingMethod",
          "objectives",
          "alertPolicies");

  private final YamlMap object;
  private final YamlMap spec;
  private final Library library;
  private final Findings findings;
  private final Optional<Metadata> metadata;
  private final AlertAnnotations annotations;

  private SloReader(YamlMap object, YamlMap spec, Optional<Metadata> metadata, Library library) {
    this.object = object;
    this.spec = spec;
    this.metadata = metadata;
    this.library = library;
    this.findings = object.self().findings();
    this.annotations = new AlertAnnotations(metadata.map(Metadata::annotations).orElse(Map.of()));
  }

  /** Empty after at least one complaint. */
  static List<SloDefinition> read(YamlMap object, Library library) {
    int before = object.self().findings().count();
    Optional<Metadata> metadata = Metadata.read(object);
    Optional<YamlMap> spec = object.require("spec").flatMap(value -> value.map(SPEC));
    if (spec.isEmpty()) {
      return List.of();
    }
    SloReader reader = new SloReader(object, spec.get(), metadata, library);
    List<SloDefinition> slos = reader.definitions();
    return object.self().findings().count() > before ? List.of() : slos;
  }

  private List<SloDefinition> definitions() {
    Optional<String> service = spec.require("service").flatMap(value -> value.text(255));
    Optional<String> description =
        spec.get("description").flatMap(value -> value.text(DESCRIPTION_MAX));
    Optional<Sli> sli = sli();
    Optional<TimeWindow> period = TimeWindowReader.of(spec);
    List<AlertPolicyReader.Placed> alertPolicies =
        spec.get("alertPolicies").map(new AlertPolicyReader(library)::read).orElse(List.of());
    List<Objective> objectives =
        spec.require("objectives").map(ObjectiveReader::read).orElse(List.of());
    checkOne(sli, objectives);
    BigDecimal confidence = annotations.confidence();
    long minFailures = annotations.minFailures();
    String groupBy = annotations.groupBy();
    Slo.Vanished vanished = annotations.vanished();
    Slo.Missing missing = annotations.missing(vanished);
    Optional<Gate> gate = annotations.gate();
    annotations.checkTraffic(_ -> List.of());
    boolean excludedGood = annotations.excludedGood();
    List<SloDefinition> slos = new ArrayList<>();
    for (Objective objective : objectives) {
      Optional<Indicator> indicator = sli.flatMap(written -> written.of(objective.fields()));
      Optional<Budgeting> budgeting = budgeting(objective, period);
      checkRaw(sli, budgeting);
      List<BurnPolicy> policies =
          policies(limits(objective.target(), period, budgeting), alertPolicies);
      notePages(objective, policies);
      noteWaits(alertPolicies, period);
      checkTraffic(objective, period, budgeting, policies);
      if (metadata.isPresent()
          && service.isPresent()
          && indicator.isPresent()
          && objective.target().isPresent()
          && period.isPresent()
          && budgeting.isPresent()) {
        slos.add(
            new SloDefinition(
                findings.file() + ":" + (object.self().line() + 1),
                name(objectives, objective),
                service.get(),
                displayName(objectives, objective),
                description.orElse(""),
                metadata.get().labels(),
                indicator.get(),
                objective.target().get(),
                period.get(),
                budgeting.get(),
                policies,
                confidence,
                minFailures,
                missing,
                groupBy,
                vanished,
                gate.orElse(null),
                excludedGood));
      }
    }
    return slos;
  }

  private void checkTraffic(
      Objective objective,
      Optional<TimeWindow> period,
      Optional<Budgeting> budgeting,
      List<BurnPolicy> policies) {
    boolean events = budgeting.filter(Budgeting.Occurrences.class::isInstance).isPresent();
    if (events && period.isPresent() && objective.target().isPresent()) {
      annotations.checkTraffic(
          traffic ->
              traffic.wrong(
                  objective.target().get(),
                  period.get().shortest(),
                  policies,
                  annotations.confidence(),
                  annotations.minFailures()));
    }
  }

  private String name(List<Objective> objectives, Objective objective) {
    String name = metadata.orElseThrow().name();
    int number = objectives.indexOf(objective) + 1;
    if (number == 1) {
      return name;
    }
    String numbered = name + "-" + number;
    if (numbered.length() > NAME_MAX) {
      objective
          .fields()
          .self()
          .refuse("length", "is SLO '" + numbered + "', of more than " + NAME_MAX + " characters");
    }
    return numbered;
  }

  /** That of an objective tells it from its neighbours, and says less than the SLO's. */
  private String displayName(List<Objective> objectives, Objective objective) {
    String ofSlo = metadata.orElseThrow().displayName();
    return objectives.size() == 1 ? ofSlo : objective.displayName().orElse(ofSlo);
  }

  /** OpenSLO's text allows one, its parser does not count them. */
  private void checkOne(Optional<Sli> sli, List<Objective> objectives) {
    if (objectives.size() > 1 && sli.filter(Sli.Values.class::isInstance).isPresent()) {
      spec.get("objectives")
          .ifPresent(
              value ->
                  value.dialect(
                      "exactly-one",
                      "has %d; a thresholdMetric has one".formatted(objectives.size()),
                      "reads each as an SLO"));
    }
  }

  private Optional<Sli> sli() {
    IndicatorReader reader = new IndicatorReader(library);
    Optional<YamlValue> reference = spec.get("indicatorRef");
    if (reference.isEmpty()) {
      return spec.require("indicator").flatMap(reader::read);
    }
    spec.get("indicator")
        .ifPresent(value -> value.refuse("exactly-one", "stands beside indicatorRef; write one"));
    return library.named("SLI", reference.get()).flatMap(reader::sli);
  }

  private Optional<Budgeting> budgeting(Objective objective, Optional<TimeWindow> period) {
    Optional<Budgeting> budgeting = BudgetingReader.read(spec, objective);
    if (budgeting.isPresent() && budgeting.get() instanceof Sliced sliced) {
      period.ifPresent(window -> BudgetingReader.check(sliced, window, objective));
      annotations.refuseForSlices();
    }
    return budgeting;
  }

  /** An average of ratios is no ratio of events; how many there were is lost. */
  private void checkRaw(Optional<Sli> sli, Optional<Budgeting> budgeting) {
    if (sli.filter(found -> found instanceof Sli.Ratio(var _, boolean raw) && raw).isEmpty()) {
      return;
    }
    annotations.refuseForRaw();
    if (budgeting.filter(Budgeting.Occurrences.class::isInstance).isPresent()) {
      spec.get("budgetingMethod")
          .orElse(object.self())
          .refuse(
              "raw-occurrences",
              "counts events, and a raw ratio has lost of how many it is: write total and bad;"
                  + " or RatioTimeslices, where a slice is the mean of its points");
    }
  }

  /** What was wrong itself, and complained about, limits nothing. */
  private static BurnPolicies limits(
      Optional<BigDecimal> target, Optional<TimeWindow> period, Optional<Budgeting> budgeting) {
    return BurnPolicies.of(
        target.orElse(BigDecimal.ONE),
        period.map(TimeWindow::shortest).orElse(NO_LIMIT),
        budgeting.orElseGet(Budgeting.Occurrences::new));
  }

  /** Those of the annotation and those of OpenSLO; the workbook's where there are neither. */
  private List<BurnPolicy> policies(
      BurnPolicies limits, List<AlertPolicyReader.Placed> alertPolicies) {
    List<BurnPolicy> policies = new ArrayList<>();
    if (!hasAlertPolicies() || annotations.burns()) {
      policies.addAll(annotations.policies(limits));
    }
    for (AlertPolicyReader.Placed each : alertPolicies) {
      limits
          .wrong(each.policy(), "lookbackWindow", "lookbackWindow")
          .forEach(wrong -> each.place().refuse("burn-policy", wrong));
      if (policies.stream().anyMatch(known -> known.name().equals(each.policy().name()))) {
        each.place().refuse("duplicate", "a second policy '" + each.policy().name() + "'");
      }
      policies.add(each.policy());
    }
    return policies;
  }

  /** The workbook, chapter 5, advises against a duration: what it costs is known beforehand. */
  private static void noteWaits(
      List<AlertPolicyReader.Placed> alertPolicies, Optional<TimeWindow> period) {
    for (AlertPolicyReader.Placed each : alertPolicies) {
      if (each.policy().waits() && period.isPresent()) {
        each.place()
            .note("waits", BurnPolicies.costOfWaiting(each.policy(), period.get().shortest()));
      }
    }
  }

  /** Long slices leave out what the workbook pages by. */
  private void notePages(Objective objective, List<BurnPolicy> policies) {
    boolean pages = policies.stream().anyMatch(each -> each.severity() == Severity.PAGE);
    if (!pages && !hasAlertPolicies() && !annotations.burns()) {
      objective
          .fields()
          .self()
          .note("no-page", "no policy of the workbook pages here; write nines.dev/burn");
    }
  }

  /** Also where each of them alerts nobody: the workbook's are not what was asked for. */
  private boolean hasAlertPolicies() {
    return spec.get("alertPolicies")
        .filter(value -> value.node() instanceof SequenceNode list && !list.getValue().isEmpty())
        .isPresent();
  }
}
