// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import com.google.protobuf.ByteString;
import dev.nines.objectives.Indicator;
import dev.nines.objectives.RollingWindow;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloId;
import dev.nines.objectives.SpanIndicator;
import dev.nines.objectives.SpanPredicate;
import dev.nines.telemetry.RedRollup;
import dev.nines.transport.JsonSerde;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Random spans of two inserts as batches, as RED rows, and as counts made one span at a time. */
final class PastSpans {

  private static final List<String> REGIONS = List.of("eu", "us");
  private static final List<String> CODES = List.of("200", "500", "503.5", "4e2", "none", " 600 ");
  private static final List<String> CUSTOMERS =
      List.of("", "a", " a ", "b\u0001", "long".repeat(60));
  private static final long AHEAD_SECONDS = 400;

  private record One(
      int insert,
      String region,
      String service,
      String operation,
      int kind,
      boolean failed,
      long durationNanos,
      long endMillis,
      String code,
      boolean gold,
      String customer) {

    /** One that is over 5 min ahead of its log-append time counts then. */
    long countsAtMillis() {
      long appended = Records.APPENDED.toEpochMilli();
      return endMillis > appended + 300_000 ? appended : endMillis;
    }
  }

  private final List<One> spans = new ArrayList<>();
  private final Instant from;
  private final Instant to;
  private String tenant = "acme";
  private String traceState = "";
  private long offsets;

  PastSpans(Random random, Instant from, Instant to) {
    this.from = from;
    this.to = to;
    long stretch = to.toEpochMilli() - from.toEpochMilli();
    for (int i = 0; i < 3_000; i++) {
      long end = from.toEpochMilli() + (long) (random.nextDouble() * stretch);
      int place = random.nextInt(40);
      if (place == 0) {
        end = Records.APPENDED.plusSeconds(AHEAD_SECONDS + i).toEpochMilli();
      } else if (place < 3) {
        end += (long) (random.nextGaussian() * stretch);
      }
      long[] durations = {1, 49_999_999, 50_000_000, 50_000_001, 51_000_000, 2_000_000_000L};
      spans.add(
          new One(
              random.nextInt(4) == 0 ? 1 : 0,
              REGIONS.get(random.nextInt(2)),
              random.nextInt(5) == 0 ? "cart" : "shop",
              random.nextBoolean() ? "GET /" : "POST /",
              random.nextInt(6),
              random.nextInt(10) == 0,
              durations[random.nextInt(durations.length)],
              end,
              CODES.get(random.nextInt(CODES.size())),
              random.nextInt(3) == 0,
              CUSTOMERS.get(random.nextInt(CUSTOMERS.size()))));
    }
  }

  PastSpans of(String otherTenant, String state) {
    tenant = otherTenant;
    traceState = state;
    return this;
  }

  List<ConsumerRecord<byte[], byte[]>> records(int insert) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (String region : REGIONS) {
      ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
      for (One one : of(insert)) {
        if (one.region.equals(region)) {
          var resource = request.addResourceSpansBuilder();
          resource
              .getResourceBuilder()
              .addAttributes(RandomSpans.text("service.name", one.service))
              .addAllAttributes(one.gold ? List.of(text("tier", "gold")) : List.of());
          resource.addScopeSpansBuilder().addSpans(span(one));
        }
      }
      records.add(Records.accepted(tenant, region, offsets++, request.build()));
    }
    return records;
  }

  /** Rows of 10 s, as extraction makes them, logged at an instant. */
  List<ConsumerRecord<byte[], byte[]>> rollups(int insert, Instant loggedAt) {
    return of(insert).stream().map(one -> rollup(one, one.operation, 0, loggedAt)).toList();
  }

  List<ConsumerRecord<byte[], byte[]>> rollups(String operation, Instant loggedAt) {
    return spans.stream().map(one -> rollup(one, operation, 0, loggedAt)).toList();
  }

  /** The same spans, from an instant on, logged when they ended. */
  List<ConsumerRecord<byte[], byte[]>> longAgo(Instant begin) {
    return inside().stream()
        .map(
            one ->
                rollup(
                    one,
                    one.operation,
                    shift(begin),
                    Instant.ofEpochMilli(one.endMillis + shift(begin))))
        .toList();
  }

  Map<String, Long> countLongAgo(Slo slo, Instant begin) {
    Map<String, Long> counts = new TreeMap<>();
    inside().forEach(one -> count(counts, slo, one, one.endMillis + shift(begin), Long.MAX_VALUE));
    return counts;
  }

  /** {@code region/slice/total or bad/group} of the inserts from one to another. */
  Map<String, Long> count(Slo slo, Instant minutesBefore, int first, int last) {
    Map<String, Long> counts = new TreeMap<>();
    long oldest = slo.period().longest().toMillis() + 86_400_000L;
    for (One one : spans) {
      long at = one.countsAtMillis();
      boolean wanted = one.insert >= first && one.insert <= last;
      boolean inside = at >= from.toEpochMilli() && at < to.toEpochMilli();
      if (wanted && inside && Records.APPENDED.toEpochMilli() - at <= oldest) {
        count(counts, slo, one, at, minutesBefore.toEpochMilli());
      }
    }
    return counts;
  }

  private static void count(
      Map<String, Long> counts, Slo slo, One one, long atMillis, long minutesBefore) {
    SpanIndicator indicator = (SpanIndicator) slo.indicator();
    if (selects(indicator, one)) {
      long width = atMillis < minutesBefore ? 60_000 : 10_000;
      String key = one.region + '/' + Math.floorDiv(atMillis, width) * width / 1_000 + "/%s/";
      String group = slo.groupBy().isEmpty() ? "" : groupOf(one);
      counts.merge(key.formatted("total") + group, 1L, Long::sum);
      if (bad(indicator.bad(), one)) {
        counts.merge(key.formatted("bad") + group, 1L, Long::sum);
      }
    }
  }

  private static boolean selects(SpanIndicator indicator, One one) {
    List<String> kinds =
        List.of("unspecified", "internal", "server", "client", "producer", "consumer");
    return (indicator.service().isEmpty() || indicator.service().equals(one.service))
        && (indicator.operation().isEmpty() || indicator.operation().equals(one.operation))
        && (indicator.kind().isEmpty() || indicator.kind().equals(kinds.get(one.kind)))
        && (indicator.attributes().isEmpty() || one.gold);
  }

  private static boolean bad(SpanPredicate predicate, One one) {
    return switch (predicate) {
      case SpanPredicate.StatusError s -> one.failed;
      case SpanPredicate.Slower(var threshold) -> one.durationNanos > threshold.toNanos();
      case SpanPredicate.Not(var other) -> !bad(other, one);
      case SpanPredicate.AllOf(var all) -> all.stream().allMatch(each -> bad(each, one));
      case SpanPredicate.AnyOf(var any) -> any.stream().anyMatch(each -> bad(each, one));
      case SpanPredicate.Attribute(var key, var comparison, var value) ->
          switch (comparison) {
            case NE -> !one.code.equals(value);
            case GE ->
                !one.code.equals("none")
                    && new BigDecimal(one.code.strip()).compareTo(new BigDecimal(value)) >= 0;
            default -> throw new IllegalArgumentException(comparison.toString());
          };
    };
  }

  private static String groupOf(One one) {
    String clean = one.customer.replace('\u0001', ' ').strip();
    return clean.isEmpty() ? "__none__" : clean.substring(0, Math.min(128, clean.length()));
  }

  private List<One> of(int insert) {
    return spans.stream().filter(one -> one.insert == insert).toList();
  }

  private List<One> inside() {
    return spans.stream()
        .filter(one -> one.endMillis >= from.toEpochMilli() && one.endMillis < to.toEpochMilli())
        .toList();
  }

  private long shift(Instant begin) {
    return begin.toEpochMilli() - earliest();
  }

  private long earliest() {
    long first = inside().stream().mapToLong(One::endMillis).min().orElseThrow();
    return Math.floorDiv(first, 60_000) * 60_000;
  }

  private Span.Builder span(One one) {
    long end = one.endMillis * 1_000_000;
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(ByteString.fromHex("%018xffffffffffffff".formatted(spans.indexOf(one) + 1)))
            .setSpanId(ByteString.fromHex("%016x".formatted(spans.indexOf(one) + 1)))
            .setName(one.operation)
            .setKindValue(one.kind)
            .setTraceState(traceState)
            .setStartTimeUnixNano(end - one.durationNanos)
            .setEndTimeUnixNano(end)
            .addAttributes(text("code", one.code));
    if (!one.customer.isEmpty()) {
      span.addAttributes(text("customer", one.customer));
    }
    if (one.failed) {
      span.setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR));
    }
    return span;
  }

  private static KeyValue text(String key, String value) {
    return RandomSpans.text(key, value);
  }

  private ConsumerRecord<byte[], byte[]> rollup(
      One one, String operation, long shiftMillis, Instant loggedAt) {
    Long[] buckets = new Long[RedRollup.BOUNDS_MILLIS.size() + 1];
    Arrays.fill(buckets, 0L);
    int bucket = 0;
    while (bucket < RedRollup.BOUNDS_MILLIS.size()
        && one.durationNanos > RedRollup.BOUNDS_MILLIS.get(bucket) * 1_000_000) {
      bucket++;
    }
    buckets[bucket] = 1L;
    String[] kinds = {"unspecified", "internal", "server", "client", "producer", "consumer"};
    long at = Math.floorDiv(one.countsAtMillis() + shiftMillis, 10_000) * 10;
    RedRollup rollup =
        new RedRollup(
            tenant,
            one.region,
            one.service,
            operation,
            kinds[one.kind],
            Instant.ofEpochSecond(at),
            1,
            one.failed ? 1 : 0,
            one.durationNanos,
            List.of(buckets),
            "0_0",
            offsets);
    byte[] json = new JsonSerde<>(RedRollup.class).write(rollup);
    return new ConsumerRecord<>(
        "red.rollups",
        1,
        offsets++,
        loggedAt.toEpochMilli(),
        TimestampType.LOG_APPEND_TIME,
        0,
        json.length,
        new byte[0],
        json,
        new RecordHeaders(),
        Optional.empty());
  }

  /** An objective of service shop. */
  static Slo slo(SloId id, Indicator indicator, Duration period, String groupBy) {
    Slo plain =
        new Slo(
            id,
            1,
            "shop",
            "",
            "",
            Map.of(),
            indicator,
            new BigDecimal("0.99"),
            new RollingWindow(period),
            new ArrayList<>(),
            BigDecimal.ZERO,
            Slo.Missing.NEUTRAL);
    return new Slo(
        plain.id(),
        1,
        "shop",
        "",
        "",
        Map.of(),
        indicator,
        plain.target(),
        plain.period(),
        plain.budgeting(),
        plain.policies(),
        plain.confidence(),
        0,
        plain.missing(),
        groupBy,
        plain.vanished(),
        null,
        false);
  }
}
