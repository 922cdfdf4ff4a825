// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.remotewrite;

import static dev.nines.ingest.remotewrite.RemoteWriteTest.attributes;
import static dev.nines.ingest.remotewrite.RemoteWriteTest.hex;
import static dev.nines.ingest.remotewrite.RemoteWriteTest.metric;
import static dev.nines.ingest.remotewrite.RemoteWriteTest.refs;
import static dev.nines.ingest.remotewrite.RemoteWriteTest.v1;
import static dev.nines.ingest.remotewrite.RemoteWriteTest.v2;
import static dev.nines.ingest.remotewrite.Wire.exemplar;
import static dev.nines.ingest.remotewrite.Wire.label;
import static dev.nines.ingest.remotewrite.Wire.nested;
import static dev.nines.ingest.remotewrite.Wire.sample;
import static dev.nines.ingest.remotewrite.Wire.series;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.ingest.remotewrite.RemoteWrite.Translation;
import dev.nines.ingest.remotewrite.Wire.Fields;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exemplars have points of their own, of the type of their series. */
class ExemplarTest {

  private static final long TIME = 1_700_000_000_123L;
  private static final Fields NAME = label("__name__", "orders_total");

  /** A sender puts exemplars into a message of their own. */
  @Test
  void anExemplarStandsAtAPointWithoutAValue() {
    Fields traced =
        exemplar(
            0.3,
            TIME - 5,
            label("trace_id", "5b8efff798038103d269b633813fc60c"),
            label("span_id", "eee19b7ec3c1b174"),
            label("job", "of the exemplar"));
    Translation both = v1(series(NAME, sample(7, TIME)), series(NAME, label("zone", "b"), traced));
    assertThat(both.exemplars()).isEqualTo(1);
    assertThat(both.samples()).isEqualTo(1);
    List<NumberDataPoint> points = metric(both).getSum().getDataPointsList();
    assertThat(points.get(0).getExemplarsCount()).isZero();
    NumberDataPoint carrier = points.get(1);
    assertThat(carrier.getFlags()).isEqualTo(3);
    assertThat(carrier.hasAsDouble()).isFalse();
    assertThat(carrier.getTimeUnixNano()).isEqualTo((TIME - 5) * 1_000_000);
    assertThat(attributes(carrier.getAttributesList())).isEqualTo(Map.of("zone", "b"));
    var exemplar = carrier.getExemplars(0);
    assertThat(exemplar.getAsDouble()).isEqualTo(0.3);
    assertThat(exemplar.getTimeUnixNano()).isEqualTo((TIME - 5) * 1_000_000);
    assertThat(hex(exemplar.getTraceId().toByteArray()))
        .isEqualTo("5b8efff798038103d269b633813fc60c");
    assertThat(hex(exemplar.getSpanId().toByteArray())).isEqualTo("eee19b7ec3c1b174");
    assertThat(attributes(exemplar.getFilteredAttributesList()))
        .isEqualTo(Map.of("job", "of the exemplar"));
    for (String odd : List.of("xyz", "5b8efff798038103d269b633813fc60g")) {
      Translation translation = v1(series(NAME, exemplar(1, TIME, label("trace_id", odd))));
      var kept = metric(translation).getSum().getDataPoints(0).getExemplars(0);
      assertThat(attributes(kept.getFilteredAttributesList())).isEqualTo(Map.of("trace_id", odd));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "latency_seconds,        0, true",
    "latency_seconds,        3, true",
    "latency_seconds,        9, true",
    "latency_seconds_bucket, 0, false",
    "latency_seconds_bucket, 3, false",
    "orders_total,           0, false",
    "orders,                 1, false",
  })
  void exemplarsAloneAreOfANativeHistogramWhereNothingSaysOtherwise(
      String name, int declared, boolean histogram) {
    Metric metric =
        metric(
            v2(
                List.of("", "__name__", name),
                nested(
                    5,
                    refs(1, 2),
                    nested(4, out -> out.writeDouble(2, 1), out -> out.writeInt64(3, TIME)),
                    nested(5, out -> out.writeEnum(1, declared)))));
    assertThat(metric.hasExponentialHistogram()).isEqualTo(histogram);
    if (histogram) {
      var carrier = metric.getExponentialHistogram().getDataPoints(0);
      assertThat(carrier.getFlags()).isEqualTo(3);
      assertThat(carrier.getExemplars(0).getAsDouble()).isEqualTo(1);
    } else {
      assertThat(metric.getSum().getDataPoints(0).getFlags()).isEqualTo(3);
    }
  }

  @Test
  void anExemplarBesideAHistogramIsOfItsType() {
    Metric metric =
        metric(
            v1(
                series(
                    label("__name__", "latency"),
                    exemplar(1, TIME),
                    nested(4, out -> out.writeSInt32(4, -53), out -> out.writeInt64(15, TIME)))));
    assertThat(metric.getHistogram().getDataPointsCount()).isEqualTo(2);
    assertThat(metric.getHistogram().getDataPoints(0).getFlags()).isEqualTo(3);
  }
}
