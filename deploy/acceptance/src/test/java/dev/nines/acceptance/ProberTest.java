// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A prober of its own against a page that fails for a while; the SLO is held to the page's log. */
@ExtendWith(OneUp.class)
class ProberTest {

  private static final Path SLO =
      Up.HERE.home().resolve("slo-engine/examples/probes/checkout-page.yaml");
  private static final List<String> REGIONS =
      List.of("eu-west-1", "eu-west-2", "us-east-1", "us-west-1", "ap-south-1", "ap-east-1");

  private final Up up;

  ProberTest(Up up) {
    this.up = up;
  }

  @Test
  void theSloCountsExactlyTheRunsAndFailuresThatThePageLogged(@TempDir Path folder)
      throws IOException {
    apply();
    String token = token();
    try (ProbedPage page = new ProbedPage();
        RoleProcess prober = prober(folder, page, token)) {
      await().atMost(90, SECONDS).until(() -> page.requests() >= 4);
      page.fail(true);
      await().atMost(60, SECONDS).until(() -> page.failed() >= 4);
      page.fail(false);
      int sofar = page.requests();
      await().atMost(60, SECONDS).until(() -> page.requests() >= sofar + 4);
      Http http = new Http(prober.url(), Optional.of(up.adminToken()));
      await().atMost(60, SECONDS).until(() -> ready(http));
      assertThat(Http.json(http.get("/health")).at("/parts/prober").asText()).isEqualTo("UP");
      String metrics = http.get("/metrics").body();
      assertThat(metrics)
          .contains("nines_prober_runs_total{kind=\"http\",outcome=\"status\",}")
          .contains("nines_prober_skipped_total{kind=\"grpc\",reason=\"busy\",} 0.0")
          .contains("nines_prober_spans_total{outcome=\"lost\",} 0.0");
      assertThat(AlertRules.proberMetrics())
          .hasSizeGreaterThan(3)
          .allSatisfy(name -> assertThat(metrics).containsPattern("(?m)^" + name + "[{ ]"));
      prober.stop(); // What runs ends, what waits is sent.
      assertThat(SourceTree.read(folder.resolve("prober.log"))).doesNotContain("are lost");
      storeSays(page);
      sloSays(page);
    }
  }

  private static boolean ready(Http http) {
    return http.get("/health/ready").statusCode() == 200;
  }

  /** But for its latency, of which the page's log knows nothing. */
  private void apply() {
    String slo = SourceTree.read(SLO).replace(" or duration > 2s", "");
    HttpResponse<String> applied = up.http().send("POST", "/api/v1/slos", "application/yaml", slo);
    assertThat(applied.statusCode()).as(applied.body()).isEqualTo(200);
    await().atMost(60, SECONDS).until(() -> slo().path("inForce").asBoolean());
  }

  private JsonNode slo() {
    return Http.json(up.http().get("/api/v1/slos/checkout-page-probes"));
  }

  private String token() {
    return up.writeToken();
  }

  private RoleProcess prober(Path folder, ProbedPage page, String token) throws IOException {
    StringBuilder targets = new StringBuilder();
    for (String region : REGIONS) {
      targets.append("    - {region: %s, url: '%s'}\n".formatted(region, page.url()));
    }
    Path probes =
        Files.writeString(
            folder.resolve("probes.yaml"),
            """
            apiVersion: nines.dev/v1
            kind: Probe
            metadata: {name: checkout-page}
            spec:
              interval: 6s
              timeout: 5900ms
              http: {bodyContains: Pay now}
              targets:
            """
                + targets);
    return RoleProcess.start(
        folder,
        "prober",
        "nines.probes=" + probes,
        "nines.prober.region=eu-central-1",
        "nines.prober.collector=" + up.otlpHttp(),
        "nines.prober.token-file=" + Files.writeString(folder.resolve("token"), token),
        "nines.kafka.bootstrap-servers=" + up.platform().kafka());
  }

  private void sloSays(ProbedPage page) {
    await()
        .atMost(120, SECONDS)
        .untilAsserted(
            () -> {
              JsonNode global = slo().path("status").path(0);
              assertThat(global.path("runTotal").asLong()).isEqualTo(page.requests());
              assertThat(global.path("runTotal").asLong() - global.path("runGood").asLong())
                  .isEqualTo(page.failed());
            });
  }

  /** Each run is one stored span, in the trace that the page was told. */
  private void storeSays(ProbedPage page) {
    for (ProbedPage.Request request : page.log()) {
      await()
          .atMost(60, SECONDS)
          .untilAsserted(
              () -> {
                JsonNode spans =
                    Http.json(up.http().get("/api/v1/traces/" + request.traceId())).path("spans");
                assertThat(spans.size()).isEqualTo(1);
                String span = spans.get(0).toString();
                assertThat(span).contains("eu-central-1", "checkout-page", "nines-prober");
                assertThat(span.contains("status 503")).isEqualTo(request.status() == 503);
              });
    }
    HttpResponse<String> errors =
        up.http().get("/api/v1/traces?service=nines-prober&error=true&limit=100");
    assertThat(Http.json(errors).path("traces").size()).isEqualTo(page.failed());
  }
}
