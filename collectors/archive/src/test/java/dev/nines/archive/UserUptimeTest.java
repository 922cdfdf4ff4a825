// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.nines.archive.users.UserEvidence;
import dev.nines.archive.users.UserUptimeResource;
import dev.nines.archive.users.UserUptimeResource.Answer;
import dev.nines.archive.users.UserUptimeResource.Point;
import dev.nines.objectives.RollingWindow;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloId;
import dev.nines.objectives.SpanIndicator;
import dev.nines.objectives.SpanPredicate;
import dev.nines.objectives.access.Principal;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import jakarta.ws.rs.WebApplicationException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users of a shop in the real engine, beside the definition of the paper taken by its word. */
class UserUptimeTest extends TableTest {

  private static final Instant T = Instant.parse("2026-11-26T10:00:00Z");

  /** Of one user, in milliseconds since {@link #T}. */
  private record Event(String user, long atMillis, boolean bad) {}

  private int seq;

  /** Half of the users retry, some are seldom there, and some events meet in a millisecond. */
  @Test
  void theCurveIsTheOneOfTheDefinition() {
    Random random = new Random(20);
    for (int round = 0; round < 5; round++) {
      String service = "random-" + round;
      int minutes = 7 + random.nextInt(90);
      List<Event> events = events(random, minutes);
      store(service, events);
      long cutoff = 1 + random.nextInt(900);
      Answer answer = ask(service, cutoff + "s", minutes);
      assertThat(answer.curve())
          .as("round %d, cutoff %d s, %d min", round, cutoff, minutes)
          .isEqualTo(brute(events, cutoff * 1_000, minutes));
      assertThat(answer.uptime()).isEqualTo(answer.curve().getLast().uptime());
      assertThat(answer.requests()).isEqualTo(events.size());
      assertThat(answer.bad()).isEqualTo(events.stream().filter(Event::bad).count());
      assertThat(answer.withoutUser()).isEqualTo(3);
      assertMediants(answer.curve());
    }
  }

  /** The paper's own check: 15 min of outage in an hour, users who retry while it lasts. */
  @Test
  void retriesDoNotMakeAnOutageLonger() {
    List<Event> events = new ArrayList<>();
    for (int user = 0; user < 10; user++) {
      for (int second = 0; second <= 3_600; second += second >= 900 && second < 1_800 ? 10 : 60) {
        events.add(new Event("u" + user, second * 1_000L, second >= 900 && second < 1_800));
      }
    }
    store("retried", events);
    Answer answer = ask("retried", "30m", 61);
    assertThat(answer.uptime()).isEqualByComparingTo("0.75");
    assertThat(answer.successRatio()).isLessThan(new BigDecimal("0.4"));
    assertThat(answer.users()).isEqualTo(10);
    Point quarter =
        answer.curve().stream()
            .filter(each -> each.windowSeconds() == 480)
            .findFirst()
            .orElseThrow();
    assertThat(quarter.uptime()).isEqualByComparingTo("0");
    assertThat(quarter.from()).isEqualTo(T.plusSeconds(900));
  }

  /** Of 199 gaps of 10 s and one of 20 min that at index 198 is 10 s. */
  @Test
  void theCutoffIsWhatUsersDo() {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i <= 199; i++) {
      events.add(new Event("u", i * 10_000L, false));
    }
    events.add(new Event("u", 1_990_000 + 1_200_000, true));
    store("gaps", events);
    Answer answer = ask("gaps", null, 60);
    assertThat(answer.cutoffSeconds()).isEqualByComparingTo("10");
    assertThat(answer.uptime()).isEqualByComparingTo("1");
    assertThat(ask("gaps", "20m", 60).uptime()).isEqualByComparingTo("1");
  }

  @Test
  void sampledSpansSayNothing() {
    store("sampled", List.of(new Event("u", 0, true), new Event("u", 5_000, true)), "ot=th:8");
    Answer answer = ask("sampled", null, 5);
    assertThat(answer.uptime()).isNull();
    assertThat(answer.reason()).contains("sampled");
  }

  @Test
  void nobodyIsNeitherUpNorDown() {
    store("lonely", List.of(new Event("a", 0, true), new Event("b", 5_000, false)));
    Answer answer = ask("lonely", null, 5);
    assertThat(answer.uptime()).isNull();
    assertThat(answer.reason()).contains("no user");
    assertThat(answer.successRatio()).isEqualByComparingTo("0.5");
    assertThat(ask("idle", null, 5).successRatio()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0s", "2h", "soon", "500ms"})
  void aCutoffBeyondItsBoundsIsRefused(String cutoff) {
    assertThatThrownBy(() -> ask("idle", cutoff, 5)).isInstanceOf(WebApplicationException.class);
  }

  @Test
  void whatCannotBeAskedIsRefused() {
    assertThatThrownBy(() -> ask("idle", null, 7 * 1_440 + 1))
        .isInstanceOf(WebApplicationException.class);
    assertThatThrownBy(() -> resource("idle").read("idle", null, null, null, null, null))
        .isInstanceOf(WebApplicationException.class);
    assertThatThrownBy(() -> resource("idle").read("none", "user.id", null, null, null, null))
        .isInstanceOf(WebApplicationException.class);
  }

  /** The worst of twice the length is no worse: it is the mediant of two of the length. */
  private static void assertMediants(List<Point> curve) {
    for (int i = 1; i < curve.size() - 1; i++) {
      assertThat(curve.get(i).uptime()).isGreaterThanOrEqualTo(curve.get(i - 1).uptime());
    }
  }

  private static List<Event> events(Random random, int minutes) {
    List<Event> events = new ArrayList<>();
    for (int user = 0; user < 12; user++) {
      long at = random.nextInt(60_000);
      boolean bad = random.nextInt(4) == 0;
      while (at < minutes * 60_000L) {
        events.add(new Event("u" + user, at, bad));
        at +=
            switch (random.nextInt(6)) {
              case 0 -> 0;
              case 1 -> 60_000 - at % 60_000;
              case 2 -> random.nextInt(1_200_000);
              default -> random.nextInt(bad ? 5_000 : 120_000);
            };
        bad = bad ? random.nextInt(3) > 0 : random.nextInt(8) == 0;
      }
    }
    return events;
  }

  /** Each window of each length, and in it each millisecond that a segment covers, as a sum. */
  private static List<Point> brute(List<Event> events, long cutoffMillis, int minutes) {
    Map<String, List<Event>> users =
        events.stream()
            .sorted(Comparator.comparingLong(Event::atMillis).thenComparing(Event::bad))
            .collect(Collectors.groupingBy(Event::user));
    List<Point> curve = new ArrayList<>();
    List<Integer> lengths = new ArrayList<>();
    for (int length = 1; length < minutes; length *= 2) {
      lengths.add(length);
    }
    lengths.add(minutes);
    for (int length : lengths) {
      BigDecimal worst = null;
      int worstAt = 0;
      for (int begin = 0; begin + length <= minutes; begin++) {
        long up = within(users, false, cutoffMillis, begin, length);
        long all = up + within(users, true, cutoffMillis, begin, length);
        if (all > 0) {
          BigDecimal share =
              BigDecimal.valueOf(up).divide(BigDecimal.valueOf(all), 30, RoundingMode.DOWN);
          if (worst == null || share.compareTo(worst) < 0) {
            worst = share;
            worstAt = begin;
          }
        }
      }
      if (worst != null) {
        curve.add(
            new Point(
                length * 60L, T.plusSeconds(worstAt * 60L), worst.setScale(9, RoundingMode.DOWN)));
      }
    }
    return curve;
  }

  private static long within(
      Map<String, List<Event>> users, boolean bad, long cutoffMillis, int begin, int length) {
    long from = begin * 60_000L;
    long to = from + length * 60_000L;
    long sum = 0;
    for (List<Event> user : users.values()) {
      for (int i = 0; i + 1 < user.size(); i++) {
        long at = user.get(i).atMillis();
        long next = user.get(i + 1).atMillis();
        if (user.get(i).bad() == bad && next - at <= cutoffMillis) {
          sum += Math.max(0, Math.min(next, to) - Math.max(at, from));
        }
      }
    }
    return sum;
  }

  private Answer ask(String service, String cutoff, int minutes) {
    Instant to = T.plus(Duration.ofMinutes(minutes));
    return resource(service).read(service, "user.id", "", cutoff, T.toString(), to.toString());
  }

  private UserUptimeResource resource(String service) {
    Principal ann = new Principal("acme", "ann", "", Set.of(Principal.Right.READ));
    return new UserUptimeResource(
        () -> ann,
        (id, at) -> id.name().equals(service) ? Optional.of(slo(id)) : Optional.empty(),
        new UserEvidence(query),
        () -> T.plus(Duration.ofDays(8)));
  }

  private static Slo slo(SloId id) {
    return new Slo(
        id,
        1,
        id.name(),
        id.name(),
        "",
        Map.of(),
        new SpanIndicator(id.name(), "", "server", Map.of(), new SpanPredicate.StatusError()),
        new BigDecimal("0.99"),
        new RollingWindow(Duration.ofDays(1)),
        List.of(),
        BigDecimal.ZERO,
        Slo.Missing.NEUTRAL);
  }

  private void store(String service, List<Event> events) {
    store(service, events, "");
  }

  /** And three that name no user. */
  private void store(String service, List<Event> events, String traceState) {
    List<Span> spans = new ArrayList<>();
    for (Event event : events) {
      spans.add(
          span(spans.size(), event.atMillis(), event.bad(), traceState)
              .addAttributes(RandomSpans.text("user.id", event.user()))
              .build());
    }
    for (int i = 0; i < 3; i++) {
      spans.add(span(spans.size(), i, true, traceState).build());
    }
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    var resource = request.addResourceSpansBuilder();
    resource.getResourceBuilder().addAttributes(RandomSpans.text("service.name", service));
    resource.addScopeSpansBuilder().addAllSpans(spans);
    store(
        new SpanMapper(), "spans", List.of(Records.accepted("acme", "eu", seq++, request.build())));
  }

  private static Span.Builder span(int id, long atMillis, boolean bad, String traceState) {
    long nanos = (T.toEpochMilli() + atMillis) * 1_000_000;
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(ByteString.fromHex("%016xffffffffffffffff".formatted(id + 1)))
            .setSpanId(ByteString.fromHex("%016x".formatted(id + 1)))
            .setName("GET /")
            .setKind(Span.SpanKind.SPAN_KIND_SERVER)
            .setTraceState(traceState)
            .setStartTimeUnixNano(nanos - 1_000)
            .setEndTimeUnixNano(nanos);
    if (bad) {
      span.setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR));
    }
    return span;
  }
}
