// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive.users;

import dev.nines.archive.Evidence;
import dev.nines.archive.EvidenceScope;
import dev.nines.archive.users.UserEvidence.Users;
import dev.nines.objectives.ObjectiveSource;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloId;
import dev.nines.objectives.SloStatus;
import dev.nines.objectives.SpanIndicator;
import dev.nines.objectives.access.CurrentPrincipal;
import dev.nines.objectives.openslo.DurationText;
import dev.nines.objectives.request.FieldRules;
import dev.nines.objectives.request.Problems;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How much of the time that users were there they were up, and the worst window of every length.
 * Beside the share of good requests, it is not biased to who asks most, nor by how often an outage
 * is retried.
 */
@Path("/api/v1/slos/{name}/user-uptime")
@Produces(MediaType.APPLICATION_JSON)
public final class UserUptimeResource {

  private static final Duration RANGE_MAX = Duration.ofDays(7);
  private static final Duration DEFAULT_RANGE = Duration.ofHours(1);
  private static final Duration CUTOFF_MIN = Duration.ofSeconds(1);
  private static final Duration CUTOFF_MAX = Duration.ofHours(1);
  private static final int KEY_MAX = 255;
  private static final int DIGITS = 9;

  private final CurrentPrincipal caller;
  private final ObjectiveSource objectives;
  private final UserEvidence spans;
  private final InstantSource clock;

  public UserUptimeResource(
      CurrentPrincipal caller,
      ObjectiveSource objectives,
      UserEvidence spans,
      InstantSource clock) {
    this.caller = caller;
    this.objectives = objectives;
    this.spans = spans;
    this.clock = clock;
  }

  /**
   * The worst window of a length.
   *
   * @param uptime up / (up + down) of all users in it, nine digits, rounded down
   */
  public record Point(long windowSeconds, Instant from, BigDecimal uptime) {}

  /**
   * @param from whole minutes that touch what was asked for, as {@code to}
   * @param user attribute that tells users apart
   * @param cutoffSeconds after which a user who asks nothing is not there
   * @param withoutUser requests that name no user; in no other number
   * @param successRatio good requests / requests, for comparison; null without any
   * @param uptime null where nothing can be said, {@code reason} says why
   * @param curve by length; its last point is that of the whole time
   * @param query that brings the minutes again
   */
  public record Answer(
      String slo,
      Instant from,
      Instant to,
      String user,
      BigDecimal cutoffSeconds,
      long users,
      long requests,
      long bad,
      long withoutUser,
      @Nullable BigDecimal successRatio,
      @Nullable BigDecimal uptime,
      String reason,
      List<Point> curve,
      String query) {}

  /**
   * @param user by default the attribute by which the SLO groups
   * @param cutoff such as {@code 30m}, 1 s to 1 h; by default the 99th percentile of the time
   *     between two events of a user, within the same bounds
   * @param from RFC 3339; by default an hour before {@code to}
   * @param to RFC 3339, by default now; at most 7 days later
   */
  @GET
  public Answer read(
      @PathParam("name") String name,
      @QueryParam("user") @Nullable String user,
      @QueryParam("region") @Nullable String region,
      @QueryParam("cutoff") @Nullable String cutoff,
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to) {
    FieldRules rules = new FieldRules();
    String key = rules.text("user", user, KEY_MAX);
    String where = rules.text("region", region, 63);
    Optional<Duration> asked = cutoff(rules, cutoff);
    Instant end = rules.instant("to", to, clock.instant());
    Instant start = rules.instant("from", from, end.minus(DEFAULT_RANGE));
    if (!start.isBefore(end) || Duration.between(start, end).compareTo(RANGE_MAX) > 0) {
      rules.refuse("from", "order", start.toString(), "must be before to, by at most 7 days");
    }
    rules.enforce();
    Slo slo = slo(name, end);
    EvidenceScope scope =
        new EvidenceScope(
            slo.id().tenant(),
            indicator(slo),
            start.truncatedTo(ChronoUnit.MINUTES),
            minuteAfter(end),
            where.isEmpty() ? SloStatus.GLOBAL : where);
    return answer(name, scope, attribute(slo, key), asked);
  }

  private static Optional<Duration> cutoff(FieldRules rules, @Nullable String text) {
    if (text == null || text.isEmpty()) {
      return Optional.empty();
    }
    Optional<Duration> read =
        DurationText.parse(text)
            .filter(each -> each.compareTo(CUTOFF_MIN) >= 0 && each.compareTo(CUTOFF_MAX) <= 0);
    if (read.isEmpty()) {
      rules.refuse("cutoff", "range", text, "is no time from 1s to 1h, such as 30m");
    }
    return read;
  }

  private Slo slo(String name, Instant end) {
    Instant now = clock.instant();
    return objectives
        .inForce(new SloId(caller.principal().tenant(), name), end.isBefore(now) ? end : now)
        .map(slo -> Problems.counting("name", slo))
        .orElseThrow(() -> Problems.notFound("there is no SLO '" + name + "'"));
  }

  private static SpanIndicator indicator(Slo slo) {
    if (slo.indicator() instanceof SpanIndicator spansOf) {
      return spansOf;
    }
    throw Problems.badFields(List.of("name: counts metrics; users are told apart by spans"));
  }

  private static String attribute(Slo slo, String key) {
    String attribute = key.isEmpty() ? slo.groupBy() : key;
    if (attribute.isEmpty()) {
      throw Problems.badFields(
          List.of("user: the attribute that names users, as the SLO groups by none"));
    }
    return attribute;
  }

  private Answer answer(
      String name, EvidenceScope scope, String attribute, Optional<Duration> asked) {
    Users users = spans.users(scope, attribute);
    Duration cutoff = asked.orElseGet(() -> bounded(Duration.ofMillis(users.gapP99Millis())));
    Evidence<List<UserMinute>> minutes = spans.minutes(scope, attribute, cutoff.toMillis());
    List<Point> curve = users.sampled() ? List.of() : curve(scope, minutes.value());
    return new Answer(
        name,
        scope.from(),
        scope.to(),
        attribute,
        BigDecimal.valueOf(cutoff.toMillis(), 3),
        users.users(),
        users.requests(),
        users.bad(),
        users.withoutUser(),
        users.requests() == 0 ? null : share(users.requests() - users.bad(), users.requests()),
        curve.isEmpty() ? null : curve.getLast().uptime(),
        reason(users, curve),
        curve,
        minutes.query());
  }

  private static Duration bounded(Duration cutoff) {
    if (cutoff.compareTo(CUTOFF_MIN) < 0) {
      return CUTOFF_MIN;
    }
    return cutoff.compareTo(CUTOFF_MAX) > 0 ? CUTOFF_MAX : cutoff;
  }

  private static List<Point> curve(EvidenceScope scope, List<UserMinute> minutes) {
    int length = Math.toIntExact(Duration.between(scope.from(), scope.to()).toMinutes());
    return new UptimeCurve(minuteOf(scope.from()), length, minutes)
        .worst().stream()
            .map(
                window ->
                    new Point(
                        Duration.ofMinutes(window.minutes()).toSeconds(),
                        Instant.EPOCH.plus(Duration.ofMinutes(window.fromMinute())),
                        share(window.upMillis(), window.allMillis())))
            .toList();
  }

  private static String reason(Users users, List<Point> curve) {
    if (users.sampled()) {
      return "the spans are sampled: those that are kept were chosen by failure";
    }
    return curve.isEmpty() ? "no user has two requests within the cutoff" : "";
  }

  private static BigDecimal share(long part, long all) {
    return BigDecimal.valueOf(part).divide(BigDecimal.valueOf(all), DIGITS, RoundingMode.DOWN);
  }

  private static long minuteOf(Instant time) {
    return Math.floorDiv(time.getEpochSecond(), 60);
  }

  private static Instant minuteAfter(Instant time) {
    Instant minute = time.truncatedTo(ChronoUnit.MINUTES);
    return minute.equals(time) ? minute : minute.plus(1, ChronoUnit.MINUTES);
  }
}
