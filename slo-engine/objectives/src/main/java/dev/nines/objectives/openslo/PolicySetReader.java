// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nines.objectives.BurnPolicy;
import dev.nines.objectives.Confidence;
import dev.nines.objectives.openslo.PolicySet.Scale;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Reads sets of burn policies as YAML: every mistake at once, each with its line. */
public final class PolicySetReader {

  public static final int CHARACTERS_MAX = 256 << 10;

  /** A backtest plays the history for all of them at once, and again for each confidence. */
  public static final int SETS_MAX = 50;

  private static final String BUILT_IN = "policy-sets.yaml";
  private static final String VERSION = "nines.dev/v1";
  private static final String KIND = "PolicySets";
  private static final Set<String> OBJECT = Set.of("apiVersion", "kind", "spec");
  private static final Set<String> SPEC = Set.of("sets");
  private static final Set<String> SET =
      Set.of("name", "burn", "madeFor", "scale", "period", "atFactor", "confidence", "minFailures");
  private static final BigDecimal FAILURES_MAX = BigDecimal.valueOf(999_999_999);
  private static final Duration MONTH = Duration.ofDays(30);

  private PolicySetReader() {}

  /**
   * What a file holds.
   *
   * @param sets only the valid ones; meant for use when there is no violation
   */
  public record ParsedSets(List<PolicySet> sets, List<Violation> violations) {}

  /**
   * @param file as violations name it
   */
  public static ParsedSets read(String file, String yaml) {
    Findings findings = new Findings(file);
    Optional<List<PolicySet>> sets =
        YamlDocuments.one(
            yaml,
            CHARACTERS_MAX,
            findings,
            value -> value.map(OBJECT).flatMap(PolicySetReader::object));
    return new ParsedSets(sets.orElse(List.of()), findings.violations());
  }

  /** The sets that everybody knows, by their sources. */
  public static List<PolicySet> builtIn() {
    try (InputStream in = PolicySetReader.class.getResourceAsStream(BUILT_IN)) {
      byte[] yaml = Objects.requireNonNull(in, BUILT_IN).readAllBytes();
      ParsedSets parsed = read(BUILT_IN, new String(yaml, UTF_8));
      if (!parsed.violations().isEmpty()) {
        throw new IllegalStateException(parsed.violations().toString());
      }
      return parsed.sets();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<List<PolicySet>> object(YamlMap object) {
    object.constant("apiVersion", VERSION);
    object.constant("kind", KIND);
    Optional<YamlValue> sets =
        object
            .require("spec")
            .flatMap(value -> value.map(SPEC))
            .flatMap(spec -> spec.require("sets"));
    return sets.flatMap(YamlValue::list).map(items -> sets(sets.get(), items));
  }

  private static List<PolicySet> sets(YamlValue list, List<YamlValue> items) {
    if (items.isEmpty() || items.size() > SETS_MAX) {
      list.refuse("length", "has " + items.size() + " sets; 1 to " + SETS_MAX + " may be");
    }
    Set<String> names = new HashSet<>();
    List<PolicySet> sets = new ArrayList<>();
    for (YamlValue item : items) {
      Optional<PolicySet> set = item.map(SET).flatMap(PolicySetReader::set);
      if (set.isPresent() && !names.add(set.get().name())) {
        item.refuse("duplicate", "a second set is '" + set.get().name() + "'");
      }
      set.ifPresent(sets::add);
    }
    return sets;
  }

  private static Optional<PolicySet> set(YamlMap fields) {
    Optional<String> name = fields.require("name").flatMap(YamlValue::label);
    boolean atFactor = fields.get("atFactor").flatMap(YamlValue::bool).orElse(false);
    List<BurnPolicy> policies =
        fields.require("burn").map(burn -> policies(burn, atFactor)).orElse(List.of());
    Scale scale =
        fields
            .get("scale")
            .flatMap(value -> value.oneOf(List.of("none", "factors", "windows")))
            .map(word -> Scale.valueOf(word.toUpperCase(Locale.ROOT)))
            .orElse(Scale.NONE);
    Duration madeFor = fields.get("madeFor").flatMap(PolicySetReader::length).orElse(MONTH);
    Optional<Duration> only = fields.get("period").flatMap(PolicySetReader::length);
    BigDecimal confidence =
        fields.get("confidence").flatMap(PolicySetReader::confidence).orElse(BigDecimal.ZERO);
    long failures = fields.get("minFailures").flatMap(PolicySetReader::failures).orElse(0L);
    return name.map(
        named -> new PolicySet(named, policies, madeFor, scale, only, confidence, failures));
  }

  private static List<BurnPolicy> policies(YamlValue burn, boolean atFactor) {
    Set<String> names = new HashSet<>();
    List<BurnPolicy> policies = new ArrayList<>();
    for (PolicyParser.Placed placed :
        PolicyParser.parse(
            burn.text().orElse(""),
            (offset, message) -> burn.refuseAt(offset, "burn-policy", message))) {
      BurnPolicy policy = placed.policy();
      if (!names.add(policy.name())) {
        burn.refuseAt(
            placed.offset(), "duplicate", "a second policy '" + policy.name() + "'; add name=");
      }
      policies.add(
          new BurnPolicy(
              policy.name(),
              policy.longWindow(),
              policy.shortWindow(),
              policy.factor(),
              policy.severity(),
              atFactor));
    }
    return policies;
  }

  /** Whole minutes: no period is finer. */
  private static Optional<Duration> length(YamlValue value) {
    Optional<Duration> length =
        value
            .text()
            .flatMap(DurationText::parse)
            .filter(found -> found.toSeconds() % 60 == 0 && found.getNano() == 0);
    if (length.isEmpty()) {
      value.refuse("duration", "must be a length of whole minutes, such as 1h or 30d");
    }
    return length;
  }

  private static Optional<BigDecimal> confidence(YamlValue value) {
    Optional<BigDecimal> level = value.number();
    if (level.isPresent() && Confidence.at(level.get()).isEmpty()) {
      value.refuse("one-of", "must be one of " + Confidence.LEVELS);
      return Optional.empty();
    }
    return level;
  }

  private static Optional<Long> failures(YamlValue value) {
    Optional<BigDecimal> number = value.number();
    boolean fits =
        number
            .filter(n -> n.stripTrailingZeros().scale() <= 0)
            .filter(n -> n.signum() > 0 && n.compareTo(FAILURES_MAX) <= 0)
            .isPresent();
    if (number.isPresent() && !fits) {
      value.refuse("whole-number", "is no whole number from 1 to " + FAILURES_MAX);
      return Optional.empty();
    }
    return number.map(BigDecimal::longValueExact);
  }
}
