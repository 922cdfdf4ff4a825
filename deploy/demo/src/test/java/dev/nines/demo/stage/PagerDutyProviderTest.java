// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PagerDutyProviderTest {

  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final String TRIGGER =
      """
      {"routing_key":"%s","event_action":"trigger","dedup_key":"nines-incident-1",
       "payload":{"summary":"it burns","source":"t/slo","severity":"critical","component":"slo",
       "timestamp":"2026-01-01T10:00:00Z","custom_details":{"loop":0}},
       "links":[{"href":"https://nines.example/1","text":"Incident"}]}"""
          .formatted(KEY);

  private final List<PagerDutyProvider.Event> heard = new ArrayList<>();
  private PagerDutyProvider provider;

  @BeforeEach
  void start() throws IOException {
    provider = new PagerDutyProvider(KEY, heard::add);
  }

  @AfterEach
  void stop() {
    provider.close();
  }

  @Test
  void eventsAreTakenAndRemembered() throws Exception {
    assertThat(post("/v2/enqueue", TRIGGER)).isEqualTo(202);
    String resolve =
        "{\"routing_key\":\"%s\",\"event_action\":\"resolve\",\"dedup_key\":\"nines-incident-1\"}";
    assertThat(post("/v2/enqueue", resolve.formatted(KEY))).isEqualTo(202);
    assertThat(provider.events())
        .extracting(PagerDutyProvider.Event::action)
        .containsExactly("trigger", "resolve");
    assertThat(provider.events().getFirst().slo()).isEqualTo("slo");
    assertThat(provider.complaints()).isEmpty();
  }

  @Test
  void changesAreKeptApart() throws Exception {
    String change = "{\"routing_key\":\"%s\",\"payload\":{\"summary\":\"deploy\"}}".formatted(KEY);
    assertThat(post("/v2/change/enqueue", change)).isEqualTo(202);
    assertThat(provider.changes()).hasSize(1);
    assertThat(provider.events()).isEmpty();
    assertThat(heard).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0123456789abcdef0123456789abcdef | other      | routing_key is unknown",
        "trigger                          | fire       | event_action is fire",
        "it burns                         | ''         | payload.summary is missing",
        "t/slo                            | ''         | payload.source is missing",
        "critical                         | page       | payload.severity is page",
        "2026-01-01T10:00:00Z             | noon       | payload.timestamp is no time",
        "https://nines.example/1          | /1         | links.href is no URL",
      })
  void whatPagerDutyRefusesIsRefused(String right, String wrong, String complaint)
      throws Exception {
    assertThat(post("/v2/enqueue", TRIGGER.replace(right, wrong))).isEqualTo(400);
    assertThat(provider.complaints()).contains(complaint);
    assertThat(provider.events()).isEmpty();
  }

  @Test
  void laterEventsNeedTheirKey() throws Exception {
    String resolve = "{\"routing_key\":\"%s\",\"event_action\":\"resolve\"}".formatted(KEY);
    assertThat(post("/v2/enqueue", resolve)).isEqualTo(400);
    assertThat(post("/v2/enqueue", "no JSON")).isEqualTo(400);
  }

  private int post(String path, String body) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(provider.url() + path))
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }
}
