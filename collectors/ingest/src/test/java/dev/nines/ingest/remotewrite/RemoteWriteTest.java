// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.remotewrite;

import static dev.nines.ingest.remotewrite.Wire.exemplar;
import static dev.nines.ingest.remotewrite.Wire.label;
import static dev.nines.ingest.remotewrite.Wire.message;
import static dev.nines.ingest.remotewrite.Wire.nested;
import static dev.nines.ingest.remotewrite.Wire.sample;
import static dev.nines.ingest.remotewrite.Wire.series;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.nines.ingest.remotewrite.RemoteWrite.Translation;
import dev.nines.ingest.remotewrite.Wire.Fields;
import dev.nines.telemetry.BatchCut;
import dev.nines.telemetry.MalformedOtlp;
import dev.nines.telemetry.Signal;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Series of both versions, read by OpenTelemetry's own classes after translation. */
class RemoteWriteTest {

  private static final long TIME = 1_700_000_000_123L;
  private static final long STALE = 0x7ff0000000000002L;
  private static final Fields NAME = label("__name__", "orders_total");

  @Test
  void aSeriesIsAMetricOfAResource() {
    ExportMetricsServiceRequest request =
        otlp(
            v1(
                series(
                    label("zone", "b"),
                    NAME,
                    label("job", "shop"),
                    label("instance", "10.0.0.1:80"),
                    label("empty", ""),
                    sample(7, TIME),
                    sample(9, TIME + 1))));
    var resource = request.getResourceMetrics(0);
    assertThat(attributes(resource.getResource().getAttributesList()))
        .isEqualTo(Map.of("service.name", "shop", "service.instance.id", "10.0.0.1:80"));
    Metric metric = resource.getScopeMetrics(0).getMetrics(0);
    assertThat(metric.getName()).isEqualTo("orders_total");
    assertThat(metric.getSum().getIsMonotonic()).isTrue();
    assertThat(metric.getSum().getAggregationTemporalityValue()).isEqualTo(2);
    List<NumberDataPoint> points = metric.getSum().getDataPointsList();
    assertThat(points).extracting(NumberDataPoint::getAsDouble).containsExactly(7.0, 9.0);
    assertThat(points.getFirst().getTimeUnixNano()).isEqualTo(TIME * 1_000_000);
    assertThat(points.getFirst().getStartTimeUnixNano()).isZero();
    assertThat(attributes(points.getFirst().getAttributesList())).isEqualTo(Map.of("zone", "b"));
  }

  @ParameterizedTest
  @CsvSource({
    "orders_total,           0, true",
    "latency_seconds_count,  0, true",
    "latency_seconds_sum,    0, true",
    "latency_seconds_bucket, 0, true",
    "temperature,            0, false",
    "orders,                 1, true",
    "orders_total,           2, false",
    "latency_seconds_count,  3, true",
    "latency_seconds,        5, false",
    "state,                  7, false",
    "orders_total,           9, true",
    "orders_created,         0, false",
  })
  void theTypeOrTheNameSaysWhatCounts(String name, int declared, boolean counter) {
    Translation translation =
        v2(
            List.of("", "__name__", name, "le", "0.5"),
            nested(
                5,
                refs(1, 2, 3, 4),
                sample(1, TIME),
                nested(5, out -> out.writeEnum(1, declared))));
    Metric metric = metric(translation);
    assertThat(metric.hasSum()).isEqualTo(counter);
    assertThat(metric.hasGauge()).isNotEqualTo(counter);
  }

  @Test
  void aStaleMarkerIsNoValueAndAnotherNanIsOne() {
    List<NumberDataPoint> points =
        metric(
                v1(
                    series(
                        label("__name__", "load"),
                        sample(STALE, TIME, 0),
                        sample(Double.NaN, TIME + 1))))
            .getGauge()
            .getDataPointsList();
    assertThat(points.get(0).getFlags()).isEqualTo(1);
    assertThat(points.get(0).hasAsDouble()).isFalse();
    assertThat(points.get(1).getFlags()).isZero();
    assertThat(points.get(1).getAsDouble()).isNaN();
  }

  @Test
  void aSecondMetadataMessageAddsToTheFirst() {
    Translation translation =
        v2(
            List.of("", "__name__", "orders"),
            nested(
                5,
                refs(1, 2),
                sample(1, TIME),
                nested(5, out -> out.writeEnum(1, 1)),
                nested(5, out -> out.writeUInt32(3, 2))));
    assertThat(metric(translation).hasSum()).isTrue();
  }

  /** A few bytes each, and each costs what a real one does. */
  @Test
  void aRequestWithTooManyItemsIsRefusedAsAWhole() {
    Fields[] many = new Fields[50_001];
    Arrays.fill(many, nested(2));
    many[0] = NAME;
    assertThat(v1(series(many)).rejected()).isEqualTo(Map.of("time", 50_000));
    assertThatThrownBy(() -> v1(series(many), series(NAME, nested(2))))
        .isInstanceOf(MalformedOtlp.class)
        .hasMessageContaining("over 50000 samples, histograms and exemplars");
  }

  /** Each bad one beside a good one, which is kept. */
  @Test
  void whatIsWrongIsNamedAndTheRestIsKept() {
    Fields good = series(NAME, sample(7, TIME));
    assertRejects(
        "1 rejected: a label twice",
        v1(good, series(NAME, label("a", "1"), label("a", "2"), sample(1, TIME))));
    assertRejects(
        "1 rejected: a label without a name",
        v1(good, series(NAME, label("", "1"), sample(1, TIME))));
    assertRejects(
        "1 rejected: a series without __name__",
        v1(good, series(label("a", "1"), sample(1, TIME))));
    assertRejects(
        "1 rejected: a sample without a time",
        v1(good, series(label("__name__", "x"), sample(1, 0))));
    assertRejects("1 rejected: an exemplar without a time", v1(good, series(NAME, exemplar(1, 0))));
    assertRejects(
        "1 rejected: a label that refers to no symbol, or is no UTF-8",
        v1(
            good,
            series(nested(1, out -> out.writeByteArray(1, new byte[] {-1})), sample(1, TIME))));
    List<String> symbols = List.of("", "__name__", "orders_total");
    Fields sound = nested(5, refs(1, 2), sample(7, TIME));
    assertRejects(
        "2 rejected: a label that refers to no symbol, or is no UTF-8; 1 rejected: a label without a value",
        v2(
            symbols,
            sound,
            nested(5, refs(1, 3), sample(1, TIME)),
            nested(5, refs(1, -1), sample(1, TIME)),
            nested(5, refs(1, 2, 1), sample(1, TIME))));
    assertThatThrownBy(() -> v2(List.of("x", "__name__", "orders_total"), sound))
        .isInstanceOf(MalformedOtlp.class)
        .hasMessage("symbols: the first one is not empty");
  }

  /** Also those of a series that goes as a whole. */
  @Test
  void everyRejectedItemIsCounted() {
    Translation translation =
        v1(
            series(label("a", "1"), sample(1, TIME), sample(2, TIME), exemplar(1, TIME)),
            series(NAME, sample(1, 0), sample(2, TIME)),
            series(NAME, sample(1, TIME), nested(4, out -> out.writeInt64(15, TIME))));
    assertThat(translation.rejected()).isEqualTo(Map.of("labels", 3, "time", 1, "histogram", 2));
    assertThat(translation.rules())
        .isEqualTo(
            "3 rejected: a series without __name__; 1 rejected: a sample without a time; "
                + "2 rejected: samples and histograms in one series");
    assertThat(translation.samples()).isEqualTo(1);
  }

  private static void assertRejects(String rejected, Translation translation) {
    assertThat(translation.rules()).isEqualTo(rejected);
    assertThat(translation.samples()).isEqualTo(1);
    assertThat(metric(translation).getSum().getDataPoints(0).getAsDouble()).isEqualTo(7);
  }

  @Test
  void symbolsMayFollowAndStartsAreOfThePointOrOfTheSeries() {
    Translation translation =
        translate(
            Version.V2,
            message(
                nested(5, refs(1, 2), sample(Double.doubleToRawLongBits(7), TIME, TIME - 9)),
                nested(5, refs(1, 2), sample(8, TIME + 1), out -> out.writeInt64(6, TIME - 8)),
                symbols(List.of("", "__name__", "orders_total"))));
    assertThat(translation.rules()).isEmpty();
    assertThat(metric(translation).getSum().getDataPointsList())
        .extracting(NumberDataPoint::getStartTimeUnixNano)
        .containsExactly((TIME - 9) * 1_000_000, (TIME - 8) * 1_000_000);
  }

  @Test
  void metadataAloneIsSuccess() {
    Translation translation =
        v1(nested(3, out -> out.writeEnum(1, 1), out -> out.writeString(2, "orders")));
    assertThat(translation).isEqualTo(new Translation(translation.otlp(), 0, 0, 0, Map.of(), ""));
    assertThat(translation.otlp()).isEmpty();
  }

  @Test
  void whatIsNoRequestIsMalformedAndWhatHasNoRoomSaysSo() {
    assertThatThrownBy(() -> translate(Version.V1, new byte[] {10, 50, 1}))
        .isInstanceOf(MalformedOtlp.class);
    byte[] body = message(series(NAME, sample(7, TIME)));
    assertThatThrownBy(
            () ->
                RemoteWrite.translate(
                    Version.V1,
                    body,
                    bytes -> {
                      throw new IllegalStateException("full at " + bytes);
                    }))
        .hasMessageStartingWith("full at ");
  }

  /**
   * Whatever is changed in a body: it is refused as a whole, or what is made of it is OTLP of which
   * the edge rejects nothing more.
   */
  @Test
  void noBodyMakesWhatTheEdgeWouldReject() {
    Random random = new Random(7);
    int sound = 0;
    for (int i = 0; i < 30_000; i++) {
      Version version = random.nextBoolean() ? Version.V1 : Version.V2;
      byte[] body = mutated(random, version == Version.V1 ? SEED_V1 : SEED_V2);
      try {
        Translation translation = translate(version, body);
        otlp(translation);
        BatchCut.Cut cut = new BatchCut(Signal.METRICS).cut(translation.otlp(), bytes -> {});
        assertThat(cut.rejected()).as("body %d: %s", i, hex(body)).isEmpty();
        sound += cut.acceptedItems() > 0 ? 1 : 0;
      } catch (MalformedOtlp e) {
        assertThat(e).hasMessageMatching(".* at byte .*|symbols: the first one is not empty");
      }
    }
    assertThat(sound).isBetween(3_000, 29_000);
  }

  private static byte[] mutated(Random random, byte[] seed) {
    byte[] body = seed.clone();
    for (int changes = random.nextInt(1, 6); changes > 0; changes--) {
      int at = random.nextInt(body.length);
      body[at] =
          (byte) (random.nextBoolean() ? random.nextInt() : body[at] ^ 1 << random.nextInt(8));
    }
    return random.nextInt(10) == 0 ? Arrays.copyOf(body, random.nextInt(body.length)) : body;
  }

  private static final Fields HISTOGRAM =
      nested(
          4,
          out -> out.writeUInt64(1, 10),
          out -> out.writeSInt32(4, 2),
          out -> out.writeUInt64(6, 1),
          Wire.buckets(8, 9, new TreeMap<>(Map.of(-3, 2L))),
          Wire.buckets(11, 12, new TreeMap<>(Map.of(1, 3L, 4, 4L))),
          out -> out.writeInt64(15, TIME));

  private static final byte[] SEED_V1 =
      message(
          series(NAME, label("job", "shop"), sample(7, TIME)),
          series(NAME, exemplar(0.3, TIME, label("trace_id", "5b8efff798038103d269b633813fc60c"))),
          series(label("__name__", "latency"), HISTOGRAM),
          series(label("__name__", "load"), sample(STALE, TIME, 0)));

  private static final byte[] SEED_V2 =
      message(
          symbols(List.of("", "__name__", "orders_total", "zone", "b")),
          nested(5, refs(1, 2, 3, 4), sample(7, TIME), nested(5, out -> out.writeEnum(1, 1))),
          nested(
              5,
              refs(1, 2),
              nested(
                  3,
                  out -> out.writeSInt32(4, -53),
                  out -> out.writeUInt64(1, 5),
                  Wire.buckets(11, 12, new TreeMap<>(Map.of(0, 5L))),
                  Wire.doubles(16, 1),
                  out -> out.writeInt64(15, TIME))));

  static Translation v1(Fields... series) {
    return translate(Version.V1, message(series));
  }

  static Translation v2(List<String> symbols, Fields... series) {
    return translate(
        Version.V2, message(symbols(symbols), out -> out.writeRawBytes(message(series))));
  }

  private static Translation translate(Version version, byte[] body) {
    return RemoteWrite.translate(version, body, bytes -> {});
  }

  private static Fields symbols(List<String> symbols) {
    return out -> {
      for (String symbol : symbols) {
        out.writeString(4, symbol);
      }
    };
  }

  static Fields refs(int... references) {
    return nested(
        1,
        out -> {
          for (int reference : references) {
            out.writeUInt32NoTag(reference);
          }
        });
  }

  static ExportMetricsServiceRequest otlp(Translation translation) {
    try {
      return ExportMetricsServiceRequest.parseFrom(translation.otlp());
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  static Metric metric(Translation translation) {
    return otlp(translation).getResourceMetrics(0).getScopeMetrics(0).getMetrics(0);
  }

  static Map<String, String> attributes(List<KeyValue> attributes) {
    return attributes.stream()
        .collect(Collectors.toMap(KeyValue::getKey, kv -> kv.getValue().getStringValue()));
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
