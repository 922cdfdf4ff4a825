// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.nines.demo.points.MetricTruth;
import dev.nines.demo.points.PointLog;
import dev.nines.demo.truth.Batch;
import dev.nines.demo.truth.SentSpan;
import dev.nines.demo.truth.ShopLog;
import dev.nines.demo.truth.Truth;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which objectives a fault broke, by spans written by hand. */
class LabelsTest {

  private static final Path OBJECTIVES =
      Path.of(System.getProperty("nines.root"), "slo-engine/examples/commerce");
  private static final Instant START = Instant.parse("2026-11-27T10:00:00Z");

  private final Map<String, SentSpan> spans = new HashMap<>();

  @Test
  void aFaultIsAnIncidentOfTheObjectivesThatItBroke() throws IOException {
    span("payment", "eu-west-1", 15, true);
    span("payment", "eu-west-1", 16, false);
    span("cart", "eu-west-1", 15, false);
    span("inventory", "us-east-1", 15, true);
    span("inventory", "eu-west-1", 20, true);
    span("catalog", "eu-west-1", 9, true);
    assertThat(lines("payment-errors"))
        .containsExactly(
            "{\"is\":\"incident\",\"name\":\"payment-errors in eu-west-1\","
                + "\"begin\":\"2026-11-27T10:00:10Z\",\"end\":\"2026-11-27T10:00:20Z\","
                + "\"slos\":[\"payment-availability\"],\"regions\":[\"eu-west-1\"]}");
  }

  /** 98 % of recommendations are promised: 4 bad ones of 100 are twice that, and 5 are above. */
  @Test
  void whatTheTargetAllowsTwiceIsNotBroken() throws IOException {
    for (int i = 0; i < 100; i++) {
      span("recommendations", "eu-west-1", 15, i < 4);
    }
    assertThat(lines("bad-deploy")).isEmpty();
    span("recommendations", "eu-west-1", 15, true);
    assertThat(lines("bad-deploy")).hasSize(1);
  }

  @Test
  void whatFailsNoRequestIsNoIncident() throws IOException {
    span("payment", "eu-west-1", 15, true);
    assertThat(lines("late-delivery")).isEmpty();
    assertThat(lines("batch-resend")).isEmpty();
    assertThat(lines("region-loss")).isEmpty();
  }

  private void span(String service, String region, int second, boolean error) {
    String key = "span " + spans.size();
    long end = (START.getEpochSecond() + second) * 1_000_000_000L;
    spans.put(
        key,
        new SentSpan(
            key, "batch", region, service, "GET /", "SERVER", end - 1, end, error, Map.of()));
  }

  private List<String> lines(String kind) throws IOException {
    Batch batch = new Batch("batch", "eu-west-1", START, START);
    Truth truth = new Truth(new ShopLog(spans, Map.of("batch", batch), 0, 0), Set.of(), OBJECTIVES);
    MetricTruth metrics =
        new MetricTruth(new PointLog(Map.of(), Map.of()), Set.of(), List.of(), START);
    String script =
        """
        {"faults": [{"kind": "%s", "region": "eu-west-1",
          "start": "2026-11-27T10:00:10Z", "end": "2026-11-27T10:00:20Z"}]}
        """
            .formatted(kind);
    return new Labels(truth, metrics).lines(new JsonMapper().readTree(script));
  }
}
