// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.oncall;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nines.incident.oncall.Roster.Segment;
import dev.nines.journal.Json;
import dev.nines.objectives.access.CurrentPrincipal;
import dev.nines.objectives.access.Principal;
import dev.nines.objectives.request.FieldRules;
import dev.nines.objectives.request.Problems;
import dev.nines.objectives.request.RequestJson;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Who has the duty when. Times of a request are RFC 3339, those of a schedule local. */
@Path("/api/v1/schedules")
@Produces(MediaType.APPLICATION_JSON)
public class SchedulesResource {

  private static final Duration RANGE = Duration.ofDays(14);
  private static final Duration RANGE_MAX = Duration.ofDays(400);
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

  private final Schedules schedules;
  private final CurrentPrincipal caller;
  private final InstantSource clock;

  public SchedulesResource(Schedules schedules, CurrentPrincipal caller, InstantSource clock) {
    this.schedules = schedules;
    this.caller = caller;
    this.clock = clock;
  }

  /**
   * @param warnings gaps of the next 14 days, users who cannot be reached
   */
  record ScheduleView(
      String name, ScheduleForm schedule, List<Cover> overrides, List<String> warnings) {}

  /**
   * @param user absent in a gap
   * @param by what says so: an override or a layer; in a gap its reason
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record DutyView(String schedule, Instant at, @Nullable String user, String by) {}

  /** One stretch, without its end. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record SegmentView(Instant from, Instant to, @Nullable String user, String by) {}

  /**
   * @param segments the final schedule without holes: a gap is a segment without a user
   */
  record Timeline(String schedule, List<SegmentView> segments, List<SegmentView> gaps) {}

  record CoverForm(@Nullable String user, @Nullable String from, @Nullable String to) {}

  @GET
  public String list() {
    return Json.write(schedules.names(caller.principal().tenant()));
  }

  @GET
  @Path("{name}")
  public String get(@PathParam("name") String name) {
    return Json.write(view(caller.principal().tenant(), name));
  }

  /** Creates or replaces from now on; the past stays as it was. */
  @PUT
  @Path("{name}")
  @Consumes(MediaType.APPLICATION_JSON)
  public String put(@PathParam("name") String name, @Nullable String body) {
    Principal who = caller.principal();
    FieldRules rules = new FieldRules();
    Schedule schedule = RequestJson.read(body, ScheduleForm.class).schedule(rules);
    Names.name(rules, "name", name);
    rules.enforce();
    schedules.put(who.tenant(), name, schedule, who.name()).enforce();
    return Json.write(view(who.tenant(), name));
  }

  /** 409 while a policy names it. */
  @DELETE
  @Path("{name}")
  public void delete(@PathParam("name") String name) {
    Principal who = caller.principal();
    schedules.delete(who.tenant(), name, who.name()).enforce();
  }

  /**
   * @param at now when absent
   */
  @GET
  @Path("{name}/oncall")
  public String oncall(@PathParam("name") String name, @QueryParam("at") @Nullable String at) {
    FieldRules rules = new FieldRules();
    Instant instant = instant(rules, "at", at, clock.instant());
    rules.enforce();
    Roster roster = roster(name, instant, instant.plusSeconds(1));
    return Json.write(duty(name, instant, roster.at(instant)));
  }

  /**
   * The final schedule with its gaps; 14 days from now when nothing is said.
   *
   * @param to at most 400 days after {@code from}
   */
  @GET
  @Path("{name}/timeline")
  public String timeline(
      @PathParam("name") String name,
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to) {
    FieldRules rules = new FieldRules();
    Instant start = instant(rules, "from", from, clock.instant());
    Instant end = instant(rules, "to", to, start.plus(RANGE));
    if (!end.isAfter(start) || end.isAfter(start.plus(RANGE_MAX))) {
      rules.refuse("to", "range", end.toString(), "must be after from, by at most 400 days");
    }
    rules.enforce();
    List<SegmentView> segments =
        roster(name, start, end).timeline(start, end).orElseThrow(() -> tooLong(end)).stream()
            .map(SchedulesResource::segment)
            .toList();
    return Json.write(
        new Timeline(
            name, segments, segments.stream().filter(each -> each.user() == null).toList()));
  }

  /** Answers the override with its id. */
  @POST
  @Path("{name}/overrides")
  @Consumes(MediaType.APPLICATION_JSON)
  public String cover(@PathParam("name") String name, @Nullable String body) {
    Principal who = caller.principal();
    CoverForm form = RequestJson.read(body, CoverForm.class);
    FieldRules rules = new FieldRules();
    rules.required("from", form.from(), 40);
    rules.required("to", form.to(), 40);
    String user = Names.name(rules, "user", form.user());
    Instant from = instant(rules, "from", form.from(), EARLIEST);
    Instant to = instant(rules, "to", form.to(), LATEST);
    if (!to.isAfter(from)) {
      rules.refuse("to", "order", to.toString(), "must be after from");
    }
    rules.enforce();
    AtomicReference<Cover> written = new AtomicReference<>();
    schedules
        .cover(who.tenant(), name, new Cover("", user, from, to), who.name(), written)
        .enforce();
    return Json.write(written.get());
  }

  /** Ends it now; what it covered until now stays true. */
  @DELETE
  @Path("{name}/overrides/{id}")
  public void endCover(@PathParam("name") String name, @PathParam("id") String id) {
    Principal who = caller.principal();
    long number = id.matches("\\d{1,18}") ? Long.parseLong(id) : -1;
    schedules.endCover(who.tenant(), name, number, who.name()).enforce();
  }

  private ScheduleView view(String tenant, String name) {
    Schedule schedule =
        schedules
            .find(tenant, name)
            .orElseThrow(() -> Problems.notFound("there is no schedule " + name));
    return new ScheduleView(
        name,
        ScheduleForm.of(schedule),
        schedules.covers(tenant, name),
        schedules.warnings(tenant, name));
  }

  private Roster roster(String name, Instant from, Instant to) {
    return schedules
        .roster(caller.principal().tenant(), name, from, to)
        .orElseThrow(() -> Problems.notFound("there is no schedule " + name));
  }

  private static RuntimeException tooLong(Instant to) {
    FieldRules rules = new FieldRules();
    rules.refuse(
        "to",
        "length",
        to.toString(),
        "is too far: the layers change more than " + Roster.EDGES_MAX + " times before it");
    rules.enforce();
    return new IllegalStateException("a refusal was not told");
  }

  private static Instant instant(
      FieldRules rules, String field, @Nullable String value, Instant absent) {
    Instant instant = rules.instant(field, value, absent);
    if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
      rules.refuse(field, "range", instant.toString(), "must be from 2000 to 2199");
      return absent;
    }
    return instant;
  }

  static DutyView duty(String schedule, Instant at, Duty duty) {
    return switch (duty) {
      case Duty.OnCall(String user, String by) -> new DutyView(schedule, at, user, by);
      case Duty.Gap(String reason) -> new DutyView(schedule, at, null, reason);
    };
  }

  private static SegmentView segment(Segment segment) {
    DutyView duty = duty("", segment.from(), segment.duty());
    return new SegmentView(segment.from(), segment.to(), duty.user(), duty.by());
  }
}
