// SPDX-License-Identifier: Apache-2.0
package dev.nines.catalog;

import dev.nines.catalog.GateOverrides.Opening;
import dev.nines.catalog.Gating.Reason;
import dev.nines.journal.Json;
import dev.nines.objectives.CompositeIndicator;
import dev.nines.objectives.Gate;
import dev.nines.objectives.Generation;
import dev.nines.objectives.Slo;
import dev.nines.objectives.access.CurrentPrincipal;
import dev.nines.objectives.request.FieldRules;
import dev.nines.objectives.request.Problems;
import dev.nines.objectives.request.RequestJson;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The deploy gate: may a service be changed now, by the error budgets of its objectives? */
@Path("/api/v1/gate")
@Produces(MediaType.APPLICATION_JSON)
public class GateResource {

  private static final Duration VALID = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofHours(24);

  private final CurrentPrincipal caller;
  private final Catalog catalog;
  private final StatusReader statuses;
  private final GateOverrides overrides;
  private final InstantSource clock;

  /**
   * @param region absent for a change of all of them
   */
  record Question(@Nullable String service, @Nullable String version, @Nullable String region) {}

  /**
   * @param decision {@code allow} or {@code deny}
   * @param reasons what each objective says, those that deny first
   * @param override that opens a gate which says no
   * @param validUntil ask again after that
   */
  record Answer(
      String service,
      String version,
      String region,
      String decision,
      List<Reason> reasons,
      @Nullable Opening override,
      Instant decidedAt,
      Instant validUntil) {}

  record Draft(@Nullable String service, @Nullable Long minutes, @Nullable String reason) {}

  public GateResource(
      CurrentPrincipal caller,
      Catalog catalog,
      StatusReader statuses,
      GateOverrides overrides,
      InstantSource clock) {
    this.caller = caller;
    this.catalog = catalog;
    this.statuses = statuses;
    this.overrides = overrides;
    this.clock = clock;
  }

  /** A service of which no objective declares a gate is an error: its name may be mistyped. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public String ask(String body) {
    Question question = RequestJson.read(body, Question.class);
    FieldRules rules = new FieldRules();
    String service = rules.required("service", question.service(), 255);
    String version = rules.text("version", question.version(), 255);
    String region = rules.text("region", question.region(), 63);
    rules.enforce();
    if (!statuses.complete()) {
      throw Problems.of(
          Response.Status.SERVICE_UNAVAILABLE,
          "the budgets are not read yet; ask again",
          List.of());
    }
    Instant now = clock.instant();
    List<Slo> gated = gated(service, now);
    if (gated.isEmpty()) {
      throw Problems.notFound("no objective of service '" + service + "' declares nines.dev/gate");
    }
    List<Reason> reasons = new ArrayList<>();
    for (Slo slo : gated) {
      reasons.addAll(
          Gating.reasons(slo, gateOf(slo), region, statuses.of(slo.id(), slo.line()), now));
      for (Slo part : components(slo, now)) {
        reasons.addAll(
            Gating.vanished(part, gateOf(slo), region, statuses.of(part.id(), part.line())));
      }
    }
    reasons.sort((a, b) -> Boolean.compare(b.denies(), a.denies()));
    boolean denied = reasons.stream().anyMatch(Reason::denies);
    Optional<Opening> opening =
        denied ? overrides.of(caller.principal().tenant(), service) : Optional.empty();
    String decision = denied && opening.isEmpty() ? "deny" : "allow";
    Answer answer =
        new Answer(
            service,
            version,
            region,
            decision,
            reasons,
            opening.orElse(null),
            now,
            validUntil(now, opening));
    opening.ifPresent(used -> overrides.used(caller.principal(), used, Json.write(answer)));
    return Json.write(answer);
  }

  /** Opens the gate of a service for a while, whatever its objectives say. */
  @POST
  @Path("/overrides")
  @Consumes(MediaType.APPLICATION_JSON)
  public String open(String body) {
    Draft draft = RequestJson.read(body, Draft.class);
    FieldRules rules = new FieldRules();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    String service = rules.required("service", draft.service(), 255);
    String reason = rules.required("reason", draft.reason(), 500);
    long minutes = draft.minutes() == null ? 0 : draft.minutes();
    if (minutes < 1 || minutes > LONGEST.toMinutes()) {
      rules.refuse(
          "minutes", "range", Long.toString(minutes), "must be 1 to " + LONGEST.toMinutes());
    }
    rules.enforce();
    if (gated(service, now).isEmpty()) {
      throw Problems.notFound("no objective of service '" + service + "' declares nines.dev/gate");
    }
    Opening made =
        new Opening(
            UUID.randomUUID().toString(),
            service,
            now,
            now.plus(Duration.ofMinutes(minutes)),
            reason,
            caller.principal().name());
    overrides.open(caller.principal(), made);
    return Json.write(made);
  }

  @GET
  @Path("/overrides")
  public String list() {
    return Json.write(Map.of("overrides", overrides.inForce(caller.principal().tenant())));
  }

  @DELETE
  @Path("/overrides/{id}")
  public String close(@PathParam("id") String id) {
    if (!overrides.close(caller.principal(), id)) {
      throw Problems.notFound("there is no override '" + id + "' in force");
    }
    return Json.write(Map.of("id", id, "closed", true));
  }

  private List<Slo> gated(String service, Instant now) {
    return inForce(now).filter(slo -> slo.service().equals(service) && slo.gate() != null).toList();
  }

  private List<Slo> components(Slo composite, Instant now) {
    return composite.indicator() instanceof CompositeIndicator of
        ? inForce(now).filter(slo -> of.names().contains(slo.id().name())).toList()
        : List.of();
  }

  private Stream<Slo> inForce(Instant now) {
    return catalog
        .inForce(caller.principal().tenant(), now)
        .map(Generation::slos)
        .orElse(List.of())
        .stream();
  }

  private static Gate gateOf(Slo slo) {
    return Optional.ofNullable(slo.gate()).orElseThrow();
  }

  private static Instant validUntil(Instant now, Optional<Opening> opening) {
    Instant soon = now.plus(VALID);
    return opening.map(Opening::until).filter(until -> until.isBefore(soon)).orElse(soon);
  }
}
