// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.nines.journal.Json;
import dev.nines.journal.Outbox;
import dev.nines.journal.OutboxMessage;
import dev.nines.objectives.BurnRecord.State;
import dev.nines.objectives.ChangeEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Incidents and changes as PagerDuty and Slack get them. */
class VendorTest extends WorldTest {

  private static final String KEY = "0123456789abcdef0123456789abcdef";

  private record Call(String path, JsonNode body) {}

  private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private HttpServer server;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::receive);
    server.start();
  }

  @AfterEach
  void nothingElseWasSent() {
    end.countDown();
    server.stop(0);
    assertThat(calls).isEmpty();
  }

  @Test
  void pagerDutyHearsOfAnIncidentFromItsBeginningToItsEnd() throws InterruptedException {
    try (IncidentRole role = world.role(World.PATIENT, new StoredEvidence()).start()) {
      pagerDuty(role);
      world.told(World.event(tenant, "checkout-availability", 1, State.FIRING));
      Call trigger = next("/v2/enqueue");
      String id = world.only(role, tenant).id();
      assertThat(trigger.body().path("event_action").asText()).isEqualTo("trigger");
      assertThat(trigger.body().path("dedup_key").asText()).isEqualTo("nines-incident-" + id);
      JsonNode payload = trigger.body().path("payload");
      assertThat(payload.path("severity").asText()).isEqualTo("critical");
      assertThat(payload.path("source").asText()).isEqualTo(tenant + "/checkout-availability");
      assertThat(payload.path("custom_details").path("burns").path(0).path("bad").asInt())
          .isEqualTo(123);
      assertThat(trigger.body().path("links").path(0).path("href").asText())
          .isEqualTo("https://nines.example/api/v1/incidents/" + id);
      await().until(() -> done("page") == 1);

      role.incidents().acknowledge(tenant, id, "ann");
      assertThat(next("/v2/enqueue").body().path("event_action").asText()).isEqualTo("acknowledge");
      role.incidents().resolve(tenant, id, "ann");
      Call resolve = next("/v2/enqueue");
      assertThat(resolve.body().path("event_action").asText()).isEqualTo("resolve");
      assertThat(resolve.body().path("dedup_key").asText()).isEqualTo("nines-incident-" + id);
    }
  }

  @Test
  void slackBotAnswersInTheThreadOfItsFirstMessage() throws InterruptedException {
    try (IncidentRole role = world.role(World.PATIENT, new StoredEvidence()).start()) {
      Map<String, String> bot =
          Map.of("type", "slack", "url", url("/api"), "token", "xoxb-12345678", "channel", "#a");
      world.channelOf(role, tenant, "chat", Json.write(bot));
      world.told(World.event(tenant, "slo", 1, State.FIRING));
      assertThat(next("/api/chat.postMessage").body().has("thread_ts")).isFalse();
      await().until(() -> done("page") == 1);
      role.incidents().resolve(tenant, world.only(role, tenant).id(), "ann");
      assertThat(next("/api/chat.postMessage").body().path("thread_ts").asText())
          .isEqualTo("17.0001");
    }
  }

  @Test
  void providerThatHangsDelaysNoOther() throws InterruptedException {
    try (IncidentRole role = world.role(World.PATIENT, new StoredEvidence())) {
      pagerDuty(role);
      for (int i = 0; i < 3; i++) {
        Map<String, String> slack = Map.of("type", "slack", "url", url("/hang"));
        world.channelOf(role, tenant, "slack-" + i, Json.write(slack));
      }
      for (int i = 0; i < 10; i++) {
        world.told(World.event(tenant, "slo-" + i, 1, State.FIRING));
      }
      role.start();
      await()
          .atMost(Duration.ofSeconds(4))
          .until(() -> calls.stream().filter(c -> c.path().equals("/v2/enqueue")).count() == 10);
      role.check();
      end.countDown();
    }
    calls.clear();
  }

  @Test
  void changesReachPagerDutyAndNobodyElse() throws InterruptedException {
    try (IncidentRole role = world.role(World.PATIENT, new StoredEvidence()).start()) {
      pagerDuty(role);
      world.channelOf(role, tenant, "hook", webhook("/hook"));
      ChangeEvent change =
          new ChangeEvent("c-1", tenant, "pay", "v2", "eu", "deploy", "faster", Instant.EPOCH);
      OutboxMessage told =
          new OutboxMessage(
              ChangeEvent.LANE, change.id(), "", "", Json.write(change), Instant.EPOCH);
      world.journal.transact(tx -> new Outbox().put(tx, told));
      JsonNode event = next("/v2/change/enqueue").body();
      assertThat(event.path("routing_key").asText()).isEqualTo(KEY);
      assertThat(event.path("payload").path("summary").asText())
          .isEqualTo("deploy of pay v2 in eu: faster");
      assertThat(event.path("payload").path("source").asText()).isEqualTo("pay");
      await().until(() -> done("change-notice") == 1);
    }
  }

  private void pagerDuty(IncidentRole role) {
    Map<String, String> duty = Map.of("type", "pagerduty", "url", url(""), "routingKey", KEY);
    world.channelOf(role, tenant, "duty", Json.write(duty));
  }

  private String webhook(String path) {
    return Json.write(Map.of("type", "webhook", "url", url(path), "secret", Provider.SECRET));
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private Call next(String path) throws InterruptedException {
    Call call = calls.poll(15, TimeUnit.SECONDS);
    assertThat(call).as("a call of %s", path).isNotNull();
    assertThat(call.path()).isEqualTo(path);
    return call;
  }

  private long done(String lane) {
    return world.count("SELECT count(*) FROM outbox WHERE lane = ? AND state = 'done'", lane);
  }

  private void receive(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    calls.add(new Call(path, new JsonMapper().readTree(exchange.getRequestBody())));
    if (path.equals("/hang")) {
      hang();
    }
    boolean slack = path.startsWith("/api");
    byte[] body =
        (slack ? "{\"ok\":true,\"channel\":\"C1\",\"ts\":\"17.0001\"}" : "{\"status\":\"success\"}")
            .getBytes(UTF_8);
    exchange.sendResponseHeaders(slack ? 200 : 202, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private void hang() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
