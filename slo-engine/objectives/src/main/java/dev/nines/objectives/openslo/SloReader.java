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
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads an SLO. Each of its objectives is an SLO here: the first has its name, the names of the
 * others end with {@code -2}, {@code -3} and so on. Those of a composite are its components.
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
    Common common = common();
    List<Objective> objectives =
        spec.require("objectives").map(ObjectiveReader::read).orElse(List.of());
    return CompositeReader.isOne(annotations.composite(), objectives)
        ? composite(common, objectives)
        : each(common, objectives);
  }

  /** What all SLOs of the object have; what is empty was complained about. */
  private record Common(
      Optional<String> service,
      String description,
      Optional<TimeWindow> period,
      List<AlertPolicyReader.Placed> alertPolicies,
      BigDecimal confidence,
      long minFailures,
      Slo.Missing missing,
      String groupBy,
      Slo.Vanished vanished,
      @Nullable Gate gate,
      boolean excludedGood) {}

  private Common common() {
    Optional<String> service = spec.require("service").flatMap(value -> value.text(255));
    Optional<String> description =
        spec.get("description").flatMap(value -> value.text(DESCRIPTION_MAX));
    Optional<TimeWindow> period = TimeWindowReader.of(spec);
    List<AlertPolicyReader.Placed> alertPolicies =
        spec.get("alertPolicies").map(new AlertPolicyReader(library)::read).orElse(List.of());
    noteWaits(alertPolicies, period);
    Slo.Vanished vanished = annotations.vanished();
    annotations.checkTraffic(_ -> List.of());
    return new Common(
        service,
        description.orElse(""),
        period,
        alertPolicies,
        annotations.confidence(),
        annotations.minFailures(),
        annotations.missing(vanished),
        annotations.groupBy(),
        vanished,
        annotations.gate().orElse(null),
        annotations.excludedGood());
  }

  private List<SloDefinition> each(Common common, List<Objective> objectives) {
    Optional<Sli> sli = sli();
    checkOne(sli, objectives);
    List<SloDefinition> slos = new ArrayList<>();
    for (Objective objective : objectives) {
      Optional<Indicator> indicator = sli.flatMap(written -> written.of(objective.fields()));
      Optional<Budgeting> budgeting = budgeting(objective, common.period());
      checkRaw(sli, budgeting);
      List<BurnPolicy> policies =
          policies(limits(objective.target(), common.period(), budgeting), common.alertPolicies());
      notePages(objective.fields().self(), policies);
      checkTraffic(objective, common.period(), budgeting, policies);
      definition(
              common,
              name(objectives, objective),
              displayName(objectives, objective),
              indicator,
              objective.target(),
              budgeting,
              policies)
          .ifPresent(slos::add);
    }
    return slos;
  }

  /** The composite first, then its components. They have budgets; the composite alone burns. */
  private List<SloDefinition> composite(Common common, List<Objective> objectives) {
    String name = metadata.map(Metadata::name).orElse("");
    CompositeReader.Composite composite =
        new CompositeReader(spec, name, annotations.composite(), library).read(objectives);
    annotations.refuseForComposite();
    Optional<Budgeting> budgeting = BudgetingReader.ofComposite(spec, objectives);
    List<BurnPolicy> policies =
        policies(limits(composite.target(), common.period(), budgeting), common.alertPolicies());
    annotations.composite().ifPresent(value -> notePages(value, policies));
    List<SloDefinition> slos = new ArrayList<>();
    definition(
            common,
            name,
            metadata.map(Metadata::displayName).orElse(""),
            Optional.of(composite.indicator()),
            composite.target(),
            budgeting,
            policies)
        .ifPresent(slos::add);
    for (CompositeReader.Part part : composite.parts()) {
      definition(
              common,
              part.name(),
              part.objective().displayName().orElse(part.name()),
              part.indicator(),
              part.objective().target(),
              budgeting,
              List.of())
          .map(SloDefinition::ofComponent)
          .ifPresent(slos::add);
    }
    return slos;
  }

  private Optional<SloDefinition> definition(
      Common common,
      String name,
      String displayName,
      Optional<Indicator> indicator,
      Optional<BigDecimal> target,
      Optional<Budgeting> budgeting,
      List<BurnPolicy> policies) {
    if (metadata.isEmpty()
        || common.service().isEmpty()
        || indicator.isEmpty()
        || target.isEmpty()
        || common.period().isEmpty()
        || budgeting.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new SloDefinition(
            findings.file() + ":" + (object.self().line() + 1),
            name,
            common.service().get(),
            displayName,
            common.description(),
            metadata.get().labels(),
            indicator.get(),
            target.get(),
            common.period().get(),
            budgeting.get(),
            policies,
            common.confidence(),
            common.minFailures(),
            common.missing(),
            common.groupBy(),
            common.vanished(),
            common.gate(),
            common.excludedGood()));
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
    String name = metadata.map(Metadata::name).orElse("");
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
    String ofSlo = metadata.map(Metadata::displayName).orElse("");
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
  private void notePages(YamlValue place, List<BurnPolicy> policies) {
    boolean pages = policies.stream().anyMatch(each -> each.severity() == Severity.PAGE);
    if (!pages && !hasAlertPolicies() && !annotations.burns()) {
      place.note("no-page", "no policy of the workbook pages here; write nines.dev/burn");
    }
  }

  /** Also where each of them alerts nobody: the workbook's are not what was asked for. */
  private boolean hasAlertPolicies() {
    return spec.get("alertPolicies")
        .filter(value -> value.node() instanceof SequenceNode list && !list.getValue().isEmpty())
        .isPresent();
  }
}
