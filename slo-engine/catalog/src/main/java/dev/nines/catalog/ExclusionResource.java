// SPDX-License-Identifier: Apache-2.0
package dev.nines.catalog;

import dev.nines.catalog.Exclusions.Known;
import dev.nines.catalog.Exclusions.Step;
import dev.nines.journal.Json;
import dev.nines.objectives.SloId;
import dev.nines.objectives.access.CurrentPrincipal;
import dev.nines.objectives.request.FieldRules;
import dev.nines.objectives.request.Problems;
import dev.nines.objectives.request.RequestJson;
import dev.nines.objectives.sla.Exclusion;
import dev.nines.objectives.sla.ExclusionState;
import dev.nines.objectives.sla.ExclusionState.Approved;
import dev.nines.objectives.sla.ExclusionState.Declared;
import dev.nines.objectives.sla.ExclusionState.Rejected;
import dev.nines.objectives.sla.ExclusionState.Withdrawn;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Maintenance, force majeure and other stretches that contracts may leave out, and that budgets do
 * once a second person approved them.
 */
@Path("/api/v1/exclusions")
@Produces(MediaType.APPLICATION_JSON)
public class ExclusionResource {

  private static final Duration LONGEST = Duration.ofDays(62);
  private static final Duration SHOWN = Duration.ofDays(31);
  private static final Pattern REGION = Pattern.compile("[A-Za-z0-9._-]{1,63}");
  private static final int REGIONS_MAX = 50;

  private final CurrentPrincipal caller;
  private final Catalog catalog;
  private final Exclusions exclusions;
  private final InstantSource clock;

  /**
   * @param customer absent means every customer, and budgets
   * @param slo one that there is or was; absent means every one, of {@code service} where that is
   *     named
   * @param regions absent means all
   * @param announcedAt when customers were told; absent means now
   */
  record Draft(
      @Nullable String customer,
      @Nullable String slo,
      @Nullable String kind,
      @Nullable String from,
      @Nullable String to,
      @Nullable String announcedAt,
      @Nullable String reason,
      @Nullable String service,
      @Nullable List<String> regions) {}

  public ExclusionResource(
      CurrentPrincipal caller, Catalog catalog, Exclusions exclusions, InstantSource clock) {
    this.caller = caller;
    this.catalog = catalog;
    this.exclusions = exclusions;
    this.clock = clock;
  }

  /** Answers the exclusion with its id. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public String declare(String body) {
    Exclusion exclusion = valid(RequestJson.read(body, Draft.class));
    return Json.write(exclusions.declare(caller.principal(), exclusion));
  }

  /**
   * Those that touch [from, to), by begin: the last and the next 31 days when nothing is said.
   *
   * @param from RFC 3339, and so {@code to} and {@code knownAt}, which is now when nothing is said
   * @param all also those that were rejected or withdrawn
   */
  @GET
  public String list(
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to,
      @QueryParam("customer") @Nullable String customer,
      @QueryParam("knownAt") @Nullable String knownAt,
      @QueryParam("all") boolean all) {
    FieldRules rules = new FieldRules();
    Instant now = clock.instant();
    Instant start = rules.instant("from", from, now.minus(SHOWN));
    Instant end = rules.instant("to", to, now.plus(SHOWN));
    Instant known = rules.instant("knownAt", knownAt, now);
    rules.enforce();
    String of = customer == null ? "" : customer;
    List<Known> found = exclusions.known(caller.principal().tenant(), of, start, end, known);
    return Json.write(
        Map.of("exclusions", all ? found : found.stream().filter(Known::inForce).toList()));
  }

  /** By a second person; budgets leave it out from now on, also of the past. */
  @POST
  @Path("/{id}/approve")
  public String approve(@PathParam("id") String id) {
    return answer(id, exclusions.approve(caller.principal(), id));
  }

  /** By a second person; it is over. */
  @POST
  @Path("/{id}/reject")
  public String reject(@PathParam("id") String id) {
    return answer(id, exclusions.reject(caller.principal(), id));
  }

  /** What was known before is not changed: reports as of then still have it. */
  @DELETE
  @Path("/{id}")
  public String withdraw(@PathParam("id") String id) {
    return switch (exclusions.withdraw(caller.principal(), id)) {
      case Step.Done done -> Json.write(Map.of("id", id, "withdrawn", true));
      case Step.Over(Withdrawn gone) -> throw unknown(id);
      case Step refused -> throw refused(id, refused);
    };
  }

  private static String answer(String id, Step step) {
    return switch (step) {
      case Step.Done done -> Json.write(done.now());
      case Step refused -> throw refused(id, refused);
    };
  }

  private static RuntimeException refused(String id, Step step) {
    return switch (step) {
      case Step.Own own -> conflict("you declared it: a second person approves or rejects it");
      case Step.Full full ->
          conflict("%d are approved within 94 days of it".formatted(Exclusions.APPROVED_MAX));
      case Step.Over over ->
          conflict(
              "%s by %s at %s".formatted(word(over.state()), over.state().by(), over.state().at()));
      case Step.Unknown unknown -> unknown(id);
      case Step.Done done -> throw new IllegalStateException("not refused: " + done);
    };
  }

  private static String word(ExclusionState state) {
    return switch (state) {
      case Declared declared -> "it was declared";
      case Approved approved -> "it was approved";
      case Rejected rejected -> "it was rejected";
      case Withdrawn withdrawn -> "it was withdrawn";
    };
  }

  private static RuntimeException unknown(String id) {
    return Problems.notFound("there is no exclusion '" + id + "'");
  }

  private static RuntimeException conflict(String detail) {
    return Problems.of(Response.Status.CONFLICT, detail, List.of());
  }

  private Exclusion valid(Draft draft) {
    FieldRules rules = new FieldRules();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    rules.required("from", draft.from(), 40);
    rules.required("to", draft.to(), 40);
    Instant from = rules.instant("from", draft.from(), now);
    Instant to = rules.instant("to", draft.to(), now);
    Instant announced = rules.instant("announcedAt", draft.announcedAt(), now);
    stretch(rules, from, to);
    if (announced.isAfter(now)) {
      rules.refuse("announcedAt", "range", announced.toString(), "is in the future");
    }
    String word = draft.kind() == null ? "" : draft.kind();
    Optional<Exclusion.Kind> kind = Exclusion.Kind.of(word);
    if (kind.isEmpty()) {
      String words = String.join(", ", Exclusion.Kind.words());
      rules.refuse("kind", "one-of", word, "is none of " + words);
    }
    String customer = rules.text("customer", draft.customer(), 63);
    String slo = rules.text("slo", draft.slo(), 63);
    String reason = rules.required("reason", draft.reason(), 500);
    String service = rules.text("service", draft.service(), 255);
    List<String> regions = regions(rules, draft.regions());
    scope(rules, customer, slo, service, regions);
    rules.enforce();
    if (!slo.isEmpty() && !catalog.everHad(new SloId(caller.principal().tenant(), slo))) {
      rules.refuse("slo", "unknown-slo", slo, "is no SLO, and never was");
    }
    rules.enforce();
    return new Exclusion(
        UUID.randomUUID().toString(),
        customer,
        slo,
        kind.orElseThrow(),
        from,
        to,
        announced.truncatedTo(ChronoUnit.MICROS),
        now,
        reason,
        service,
        regions,
        false);
  }

  private static List<String> regions(FieldRules rules, @Nullable List<String> given) {
    List<String> regions =
        given == null
            ? List.of()
            : given.stream().map(each -> each == null ? "" : each).distinct().sorted().toList();
    if (regions.size() > REGIONS_MAX) {
      rules.refuse("regions", "length", regions.size() + "", "are more than " + REGIONS_MAX);
    }
    regions.forEach(region -> rules.matching("regions", region, REGION, "is no region's name"));
    return regions;
  }

  /** A contract knows its SLOs, and counts all their regions together. */
  private static void scope(
      FieldRules rules, String customer, String slo, String service, List<String> regions) {
    if (!slo.isEmpty() && !service.isEmpty()) {
      rules.refuse("service", "contradiction", service, "stands beside slo; write one");
    }
    if (!customer.isEmpty() && !(service.isEmpty() && regions.isEmpty())) {
      rules.refuse(
          "customer", "contradiction", customer, "its contract leaves out no service or region");
    }
  }

  private static void stretch(FieldRules rules, Instant from, Instant to) {
    if (!from.isBefore(to) || Duration.between(from, to).compareTo(LONGEST) > 0) {
      rules.refuse("to", "order", to.toString(), "must be after from, by at most 62 days");
    }
    if (!whole(from) || !whole(to)) {
      rules.refuse("from", "minute", from.toString(), "and 'to' must be whole minutes");
    }
  }

  private static boolean whole(Instant instant) {
    return instant.equals(instant.truncatedTo(ChronoUnit.MINUTES));
  }
}
