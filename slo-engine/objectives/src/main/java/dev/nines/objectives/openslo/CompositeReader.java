// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import dev.nines.objectives.CompositeIndicator;
import dev.nines.objectives.CompositeIndicator.Component;
import dev.nines.objectives.CompositeIndicator.Kind;
import dev.nines.objectives.Indicator;
import dev.nines.objectives.SloId;
import dev.nines.objectives.openslo.ObjectiveReader.Objective;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what makes an SLO a composite: objectives with indicators of their own, each a component
 * that is called as its SLI is, and {@code nines.dev/composite: 'kind=serial target=0.999'}.
 */
final class CompositeReader {

  /** Of an objective that is a component. */
  static final List<String> FIELDS = List.of("indicator", "indicatorRef", "compositeWeight");

  private static final String RULE = "composite";
  private static final String EXAMPLE = "'kind=serial target=0.999'";
  private static final int COMPONENTS_MIN = 2;

  private final YamlMap spec;
  private final String name;
  private final Optional<YamlValue> annotation;
  private final IndicatorReader indicators;
  private final Library library;

  /**
   * @param name of the SLO
   */
  CompositeReader(YamlMap spec, String name, Optional<YamlValue> annotation, Library library) {
    this.spec = spec;
    this.name = name;
    this.annotation = annotation;
    this.indicators = new IndicatorReader(library);
    this.library = library;
  }

  /**
   * What was read; what is absent was complained about.
   *
   * @param target of all components together
   */
  record Composite(Kind kind, Optional<BigDecimal> target, List<Part> parts) {

    /** Of the composite. */
    Indicator indicator() {
      return new CompositeIndicator(
          kind, parts.stream().map(part -> new Component(part.name(), part.weight())).toList());
    }
  }

  /**
   * A component.
   *
   * @param name with the composite's, see {@link SloId#component}
   */
  record Part(String name, Optional<Indicator> indicator, BigDecimal weight, Objective objective) {}

  /** Whether the SLO means to be a composite. */
  static boolean isOne(Optional<YamlValue> annotation, List<Objective> objectives) {
    return annotation.isPresent()
        || objectives.stream().anyMatch(each -> FIELDS.stream().anyMatch(each.fields()::has));
  }

  Composite read(List<Objective> objectives) {
    for (String field : List.of("indicator", "indicatorRef")) {
      spec.get(field)
          .ifPresent(
              value ->
                  value.refuse(
                      "exactly-one", "stands beside indicators of objectives; write one or these"));
    }
    spec.get("objectives")
        .filter(value -> objectives.size() < COMPONENTS_MIN)
        .ifPresent(
            value ->
                value.refuse(
                    RULE,
                    "has %d; a composite has two components or more".formatted(objectives.size())));
    Optional<AnnotationWords> words =
        annotation.map(value -> new AnnotationWords(value, RULE, List.of("kind", "target")));
    Kind kind = words.flatMap(each -> each.one("kind", Kind.class)).orElse(Kind.WEIGHTED);
    Optional<BigDecimal> target = target(words);
    List<Part> parts = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Objective objective : objectives) {
      part(objective, kind, names).ifPresent(parts::add);
    }
    target.ifPresent(share -> noteReach(kind, share, objectives));
    return new Composite(kind, target, parts);
  }

  /** A composite has a target of its own: which, no average of its components' can say. */
  private Optional<BigDecimal> target(Optional<AnnotationWords> words) {
    if (annotation.isEmpty()) {
      spec.refuse(
          "objectives",
          RULE,
          "have indicators of their own: annotation nines.dev/composite must say the kind and the"
              + " target of all together, such as "
              + EXAMPLE);
      return Optional.empty();
    }
    Optional<String> word = words.flatMap(each -> each.get("target"));
    if (word.isEmpty()) {
      annotation.get().refuse(RULE, "needs target=, that of all together, such as " + EXAMPLE);
      return Optional.empty();
    }
    Optional<BigDecimal> share = ObjectiveReader.plainShare(word.get());
    if (share.isEmpty()) {
      annotation
          .get()
          .refuse(
              RULE,
              "target=%s is no share in [0, 1) with at most %d digits, such as 0.999"
                  .formatted(word.get(), ObjectiveReader.SHARE_DIGITS_MAX));
    }
    return share;
  }

  private Optional<Part> part(Objective objective, Kind kind, Set<String> names) {
    YamlMap fields = objective.fields();
    Optional<YamlValue> inline = fields.get("indicator");
    Optional<YamlValue> reference = fields.get("indicatorRef");
    if (inline.isPresent() == reference.isPresent()) {
      fields.refuse(
          "indicator",
          "exactly-one",
          inline.isPresent()
              ? "stands beside indicatorRef; write one"
              : "is required of each component, or indicatorRef");
      return Optional.empty();
    }
    Optional<Sli> sli =
        inline
            .map(indicators::read)
            .orElseGet(() -> library.named("SLI", reference.get()).flatMap(indicators::sli));
    sli.filter(each -> each instanceof Sli.Ratio(var _, boolean raw) && raw)
        .ifPresent(
            _ ->
                fields
                    .self()
                    .refuse(
                        "raw-occurrences",
                        "a component counts events, and a raw ratio has lost of how many it is:"
                            + " write total and bad"));
    Optional<Indicator> indicator = sli.flatMap(each -> each.of(fields));
    Optional<String> own =
        inline.map(CompositeReader::name).orElseGet(() -> silent(reference.get()));
    own.ifPresent(text -> checkName(fields, text, names));
    return own.map(text -> new Part(whole(text), indicator, weight(fields, kind), objective));
  }

  /** Of an SLI that stands in the objective; who reads it complains. */
  private static Optional<String> name(YamlValue indicator) {
    return indicator
        .silently()
        .anyMap()
        .flatMap(map -> map.get("metadata"))
        .flatMap(YamlValue::anyMap)
        .flatMap(map -> map.get("name"))
        .flatMap(CompositeReader::silent);
  }

  private static Optional<String> silent(YamlValue label) {
    return label.silently().label();
  }

  private void checkName(YamlMap fields, String own, Set<String> names) {
    if (!names.add(own)) {
      fields
          .self()
          .refuse(
              "duplicate",
              "a second component '%s': components are called as their SLIs are".formatted(own));
    }
    if (whole(own).length() > SloReader.NAME_MAX) {
      fields
          .self()
          .refuse(
              "length",
              "is SLO '%s', of more than %d characters".formatted(whole(own), SloReader.NAME_MAX));
    }
  }

  private String whole(String own) {
    return new SloId("", name).component(own).name();
  }

  private static BigDecimal weight(YamlMap fields, Kind kind) {
    Optional<YamlValue> value = fields.get("compositeWeight");
    if (value.isPresent() && kind != Kind.WEIGHTED) {
      value.get().note("unused", "means nothing unless kind=weighted, and is not used");
      return BigDecimal.ONE;
    }
    return value
        .flatMap(weight -> Quantity.decimal(weight, "0.000000001", "1000000"))
        .map(BigDecimal::stripTrailingZeros)
        .map(weight -> weight.setScale(Math.max(0, weight.scale())))
        .orElse(BigDecimal.ONE);
  }

  /** Components that only just keep their promises may not be enough together. */
  private void noteReach(Kind kind, BigDecimal target, List<Objective> objectives) {
    if (kind == Kind.WEIGHTED || objectives.stream().anyMatch(each -> each.target().isEmpty())) {
      return;
    }
    BigDecimal product =
        objectives.stream()
            .map(each -> each.target().get())
            .map(share -> kind == Kind.SERIAL ? share : BigDecimal.ONE.subtract(share))
            .reduce(BigDecimal.ONE, BigDecimal::multiply);
    BigDecimal reached = kind == Kind.SERIAL ? product : BigDecimal.ONE.subtract(product);
    if (reached.compareTo(target) < 0) {
      annotation
          .get()
          .note(
              RULE,
              "components that just meet their targets reach %s together, which is below %s"
                  .formatted(reached.stripTrailingZeros().toPlainString(), target.toPlainString()));
    }
  }
}
