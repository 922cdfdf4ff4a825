// SPDX-License-Identifier: Apache-2.0
package dev.nines.catalog;

import dev.nines.journal.Json;
import dev.nines.objectives.access.CurrentPrincipal;
import dev.nines.objectives.sla.Exclusion;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Maintenance, force majeure and other stretches that contracts may leave out. */
@Path("/api/v1/exclusions")
@Produces(MediaType.APPLICATION_JSON)
public class ExclusionResource {

  private static final Duration LONGEST = Duration.ofDays(62);
  private static final Duration SHOWN = Duration.ofDays(31);

  private final CurrentPrincipal caller;
  private final Exclusions exclusions;
  private final InstantSource clock;

  /**
   * @param customer absent means every customer, and {@code slo} every service
   * @param announcedAt when customers were told; absent means now
   */
  record Draft(
      @Nullable String customer,
      @Nullable String slo,
      @Nullable String kind,
      @Nullable String from,
      @Nullable String to,
      @Nullable String announcedAt,
      @Nullable String reason) {}

  public ExclusionResource(CurrentPrincipal caller, Exclusions exclusions, InstantSource clock) {
    this.caller = caller;
    this.exclusions = exclusions;
    this.clock = clock;
  }

  /** Answers the exclusion with its id. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public String declare(String body) {
    Exclusion exclusion = valid(RequestJson.read(body, Draft.class));
    exclusions.declare(caller.principal(), exclusion);
    return Json.write(exclusion);
  }

  /**
   * Those that touch [from, to), by begin: the last and the next 31 days when nothing is said.
   *
   * @param from RFC 3339, and so {@code to}
   */
  @GET
  public String list(
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to,
      @QueryParam("customer") @Nullable String customer) {
    FieldRules rules = new FieldRules();
    Instant now = clock.instant();
    Instant start = rules.instant("from", from, now.minus(SHOWN));
    Instant end = rules.instant("to", to, now.plus(SHOWN));
    rules.enforce();
    return Json.write(
        Map.of(
            "exclusions",
            exclusions.find(
                caller.principal().tenant(), customer == null ? "" : customer, start, end, now)));
  }

  /** What was known before is not changed: reports as of then still have it. */
  @DELETE
  @Path("/{id}")
  public String withdraw(@PathParam("id") String id) {
    if (!exclusions.withdraw(caller.principal(), id)) {
      throw Problems.notFound("there is no exclusion '" + id + "'");
    }
    return Json.write(Map.of("id", id, "withdrawn", true));
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
        reason);
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
