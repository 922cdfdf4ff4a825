// SPDX-License-Identifier: Apache-2.0
package dev.nines.catalog;

import dev.nines.journal.Json;
import dev.nines.objectives.ChangeEvent;
import dev.nines.objectives.access.CurrentPrincipal;
import dev.nines.objectives.request.FieldRules;
import dev.nines.objectives.request.RequestJson;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Deploys, rollbacks, flags, configurations: told by pipelines, found by postmortems. */
@Path("/api/v1/changes")
@Produces(MediaType.APPLICATION_JSON)
public class ChangeResource {

  private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9-]{0,31}");
  private static final Duration FUTURE_MAX = Duration.ofMinutes(5);
  private static final Duration PAST_MAX = Duration.ofDays(366);
  private static final Duration SHOWN = Duration.ofDays(1);

  private final CurrentPrincipal caller;
  private final Changes changes;
  private final InstantSource clock;

  /** Newest first. */
  public record ChangeList(List<ChangeEvent> changes) {}

  /**
   * @param region absent means everywhere
   * @param at absent means now
   */
  record Draft(
      @Nullable String service,
      @Nullable String version,
      @Nullable String region,
      @Nullable String kind,
      @Nullable String summary,
      @Nullable String at) {}

  public ChangeResource(CurrentPrincipal caller, Changes changes, InstantSource clock) {
    this.caller = caller;
    this.changes = changes;
    this.clock = clock;
  }

  /** Answers the change with its id. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public String create(String body) {
    ChangeEvent change = valid(RequestJson.read(body, Draft.class));
    changes.record(caller.principal(), change);
    return Json.write(change);
  }

  /**
   * Changes in [from, to), newest first; the last day when nothing is said.
   *
   * @param from RFC 3339, and so {@code to}
   */
  @GET
  public String list(
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to,
      @QueryParam("service") @Nullable String service) {
    FieldRules rules = new FieldRules();
    Instant end = rules.instant("to", to, clock.instant().plus(FUTURE_MAX));
    Instant start = rules.instant("from", from, end.minus(SHOWN));
    if (start.isAfter(end)) {
      rules.refuse("from", "order", String.valueOf(from), "is after to");
    }
    rules.enforce();
    return Json.write(
        new ChangeList(
            changes.find(caller.principal().tenant(), start, end, service == null ? "" : service)));
  }

  private ChangeEvent valid(Draft draft) {
    Instant now = clock.instant();
    FieldRules rules = new FieldRules();
    Instant at = rules.instant("at", draft.at(), now);
    if (at.isAfter(now.plus(FUTURE_MAX)) || at.isBefore(now.minus(PAST_MAX))) {
      rules.refuse(
          "at", "range", at.toString(), "is more than 5 min ahead of now, or over a year old");
    }
    ChangeEvent change =
        new ChangeEvent(
            UUID.randomUUID().toString(),
            caller.principal().tenant(),
            rules.required("service", draft.service(), 255),
            rules.text("version", draft.version(), 255),
            rules.text("region", draft.region(), 63),
            rules.matching(
                "kind",
                draft.kind(),
                KIND,
                "must be a lower-case word such as deploy, rollback, flag, configuration"),
            rules.text("summary", draft.summary(), 1_000),
            at.truncatedTo(ChronoUnit.MICROS));
    rules.enforce();
    return change;
  }
}
