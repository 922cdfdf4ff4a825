// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Spans that were sent become demand, and a declared capacity is held against it. */
@ExtendWith(OneUp.class)
class CapacityTest {

  private static final int SPANS = 40;
  private static final String MODEL =
      """
      {"apiVersion": "nines.dev/v1", "kind": "CapacityModel", "metadata": {"name": "acceptance"},
       "spec": {"maxUtilisation": 0.5, "evacuationTime": "5m", "steering": "even",
        "services": [{"service": "acceptance", "requestsPerSecondPerUnit": 0.1, "startTime": "1m",
          "regions": {"master": {"units": 1, "maxUnits": 3}}}]}}
      """;

  private final Up up;
  private final Instant begin = Instant.now();

  CapacityTest(Up up) {
    this.up = up;
  }

  @Test
  void whatWasSentIsDemandThatCapacityIsHeldAgainst() {
    HttpResponse<String> kept =
        up.http().send("PUT", "/api/v1/capacity/models", "application/json", MODEL);
    assertThat(kept.statusCode()).as(kept.body()).isEqualTo(200);
    up.otlp().http(Batch.of("demand for capacity", SPANS).body(), Optional.empty());
    for (String step : new String[] {"10s", "1m", "1h"}) {
      await()
          .atMost(60, SECONDS)
          .untilAsserted(() -> assertThat(requests(step)).isGreaterThanOrEqualTo(SPANS));
    }
    JsonNode lost = ask("evacuation?model=acceptance&lost=1&step=10s" + range());
    assertThat(Instant.parse(lost.at("/asked/from").asText())).isBeforeOrEqualTo(begin);
    assertThat(lost.path("holds").asBoolean(true)).isFalse();
    assertThat(lost.at("/services/0/losses/0/lost/0").asText()).isEqualTo("master");
    assertThat(lost.at("/services/0/regions/0/unitsMissing").asInt()).isPositive();
    JsonNode spike = ask("spike?model=acceptance&step=1m" + range());
    assertThat(spike.at("/exceeded/0/region").asText()).isEqualTo("master");
    assertThat(spike.at("/exceeded/0/unitsToStart").asInt()).isEqualTo(2);
    JsonNode headroom = ask("headroom?model=acceptance");
    assertThat(headroom.at("/services/0/regions/0/refusal/rule").asText())
        .isEqualTo("too-little-history");
    assertThat(headroom.at("/services/0/regions/0/demandNow").asDouble()).isPositive();
    JsonNode forecast = ask("forecast?service=acceptance&region=master");
    assertThat(forecast.at("/regions/0/refusal/reason").asText()).contains("35 days are needed");
    assertThat(
            up.http()
                .send("DELETE", "/api/v1/capacity/models/acceptance", "application/json", "")
                .statusCode())
        .isEqualTo(200);
  }

  private long requests(String step) {
    long requests = 0;
    for (JsonNode series : ask("demand?service=acceptance&step=" + step + range()).path("series")) {
      requests += series.path("requests").asLong();
    }
    return requests;
  }

  private String range() {
    return "&from=" + begin.minusSeconds(1) + "&to=" + Instant.now();
  }

  private JsonNode ask(String question) {
    HttpResponse<String> answer = up.http().get("/api/v1/capacity/" + question);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Http.json(answer);
  }
}
