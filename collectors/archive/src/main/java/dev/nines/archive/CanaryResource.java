// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.archive.CanaryEvidence.Versions;
import dev.nines.objectives.ObjectiveSource;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloId;
import dev.nines.objectives.SloStatus;
import dev.nines.objectives.SpanIndicator;
import dev.nines.objectives.access.CurrentPrincipal;
import dev.nines.objectives.canary.Canary;
import dev.nines.objectives.canary.Canary.Difference;
import dev.nines.objectives.canary.Canary.Verdict;
import dev.nines.objectives.request.FieldRules;
import dev.nines.objectives.request.Problems;
import dev.nines.objectives.request.RequestJson;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Is the new version of a service worse than the old one, by one of its objectives? */
@Path("/api/v1/canary")
@Produces(MediaType.APPLICATION_JSON)
public final class CanaryResource {

  private static final Duration LONGEST = Duration.ofHours(6);
  private static final Duration DEFAULT_RANGE = Duration.ofMinutes(30);
  private static final Pattern TOLERANCE = Pattern.compile("0(\\.[0-9]{1,9})?");
  private static final String VERSION = "service.version";

  private final CurrentPrincipal caller;
  private final ObjectiveSource objectives;
  private final CanaryEvidence spans;
  private final InstantSource clock;

  public CanaryResource(
      CurrentPrincipal caller,
      ObjectiveSource objectives,
      CanaryEvidence spans,
      InstantSource clock) {
    this.caller = caller;
    this.objectives = objectives;
    this.spans = spans;
    this.clock = clock;
  }

  record Question(
      @Nullable String slo,
      @Nullable String canary,
      @Nullable String baseline,
      @Nullable String attribute,
      @Nullable String region,
      @Nullable String from,
      @Nullable String to,
      @Nullable String tolerance) {}

  /** One version's requests. */
  public record Side(String version, long bad, long total) {}

  /**
   * @param difference null without requests on both sides
   * @param requestsNeeded of the canary, until there is a verdict; null where there is one, or
   *     where nothing says how many
   * @param query that brings the same figures again
   */
  public record Answer(
      String slo,
      Instant from,
      Instant to,
      Verdict verdict,
      String reason,
      Side canary,
      Side baseline,
      @Nullable Difference difference,
      BigDecimal tolerance,
      @Nullable Long requestsNeeded,
      String query) {}

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Answer ask(String body) {
    Question question = RequestJson.read(body, Question.class);
    FieldRules rules = new FieldRules();
    String name = rules.required("slo", question.slo(), 63);
    String canary = rules.required("canary", question.canary(), 255);
    String baseline = rules.required("baseline", question.baseline(), 255);
    String attribute = rules.text("attribute", question.attribute(), 255);
    String region = rules.text("region", question.region(), 63);
    String share =
        rules.matching(
            "tolerance", question.tolerance(), TOLERANCE, "is no share in [0, 1), such as 0.001");
    Instant to = rules.instant("to", question.to(), clock.instant());
    Instant from = rules.instant("from", question.from(), to.minus(DEFAULT_RANGE));
    if (!from.isBefore(to) || Duration.between(from, to).compareTo(LONGEST) > 0) {
      rules.refuse("from", "order", from.toString(), "must be before to, by at most 6 h");
    }
    if (!canary.isEmpty() && canary.equals(baseline)) {
      rules.refuse("baseline", "distinct", baseline, "is the canary's own version");
    }
    rules.enforce();
    SloId slo = new SloId(caller.principal().tenant(), name);
    EvidenceScope scope =
        new EvidenceScope(
            slo.tenant(),
            indicator(slo, to),
            from,
            to,
            region.isEmpty() ? SloStatus.GLOBAL : region);
    Evidence<Versions> found =
        spans.compare(scope, attribute.isEmpty() ? VERSION : attribute, canary, baseline);
    return answer(scope, name, canary, baseline, new BigDecimal(share), found);
  }

  private SpanIndicator indicator(SloId id, Instant at) {
    Slo slo =
        objectives
            .inForce(id, at)
            .map(found -> Problems.counting("slo", found))
            .orElseThrow(() -> Problems.notFound("there is no SLO '" + id.name() + "'"));
    if (slo.indicator() instanceof SpanIndicator spansOf) {
      return spansOf;
    }
    throw Problems.badFields(List.of("slo: counts metrics; versions are told apart by spans"));
  }

  private static Answer answer(
      EvidenceScope scope,
      String slo,
      String canaryVersion,
      String baselineVersion,
      BigDecimal tolerance,
      Evidence<Versions> found) {
    Versions counted = found.value();
    Canary canary =
        new Canary(
            counted.canaryBad(),
            counted.canaryTotal(),
            counted.baselineBad(),
            counted.baselineTotal(),
            tolerance);
    Verdict verdict = counted.sampled() ? Verdict.UNDECIDED : canary.verdict();
    OptionalLong needed = counted.sampled() ? OptionalLong.empty() : canary.needed();
    return new Answer(
        slo,
        scope.from(),
        scope.to(),
        verdict,
        reason(counted, canary, verdict, needed),
        new Side(canaryVersion, counted.canaryBad(), counted.canaryTotal()),
        new Side(baselineVersion, counted.baselineBad(), counted.baselineTotal()),
        canary.empty() ? null : canary.difference(),
        tolerance,
        needed.isPresent() ? needed.getAsLong() : null,
        found.query());
  }

  private static String reason(
      Versions counted, Canary canary, Verdict verdict, OptionalLong needed) {
    if (canary.empty()) {
      return "no minute in which both versions answered the same route in the same region";
    }
    if (counted.sampled()) {
      return "the spans are sampled: their shares are not those of the requests";
    }
    return switch (verdict) {
      case FAIL -> "worse than is borne: at 95 % even the lower bound exceeds the tolerance";
      case PASS -> "not worse than is borne: at 95 % even the upper bound is under the tolerance";
      case UNDECIDED ->
          needed.isPresent()
              ? "undecided: some %d more requests of the canary, if all goes on as it is"
                  .formatted(needed.getAsLong())
              : "undecided: no number of requests would decide at these shares";
    };
  }
}
