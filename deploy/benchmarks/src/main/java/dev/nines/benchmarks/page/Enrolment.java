// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nines.benchmarks.BenchFailedException;
import dev.nines.demo.stage.Api;
import dev.nines.demo.stage.Platform;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Makes tenants of a running platform whose objectives are in force since an instant of the past.
 * Objectives and channel go through the API; what it cannot do is written into the stores: a
 * tenant's first token, and a second generation, the same as the first but begun before. What is
 * sent of that time is counted as it comes, so that nothing of it may be back-filled.
 */
final class Enrolment {

  private static final JsonMapper JSON = new JsonMapper();
  private static final TopicPartition OBJECTIVES = new TopicPartition("control.objectives", 0);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration RELAYED_WITHIN = Duration.ofSeconds(30);
  private static final String CHANNEL = "/api/v1/channels/bench";
  private static final List<String> RIGHTS =
      List.of("WRITE_TELEMETRY", "READ", "RESPOND", "ADMINISTER");

  private static final String SLO =
      """
      apiVersion: openslo/v1
      kind: SLO
      metadata: {name: %s, annotations: {nines.dev/vanished: 'off'}}
      spec:
        service: %s
        indicator:
          metadata: {name: %s, annotations: {nines.dev/vanished: 'off'}}
          spec:
            ratioMetric:
              counter: true
              total: {metricSource: {type: nines/spans, spec: {service: %s}}}
              bad: {metricSource: {type: nines/spans, spec: {bad: status = error}}}
        timeWindow: [{duration: 30d, isRolling: true}]
        budgetingMethod: Occurrences
        objectives: [{target: 0.999}]
      """;

  private final Platform platform;
  private final URI webhook;
  private final String secret;
  private final InstantSource clock;

  /**
   * @param webhook where pages go
   * @param secret that signs them
   */
  Enrolment(Platform platform, URI webhook, String secret, InstantSource clock) {
    this.platform = platform;
    this.webhook = webhook;
    this.secret = secret;
    this.clock = clock;
  }

  /**
   * @param since start of the objectives, a boundary of slices
   */
  Tenant enrol(String name, List<Service> services, Instant since) throws IOException {
    String token = "nines_" + UUID.randomUUID();
    admit(name, sha256(token));
    Api api = new Api(platform.api(), token);
    Map<String, String> channel =
        Map.of("type", "webhook", "url", webhook.toString(), "secret", secret);
    api.send("PUT", CHANNEL, "application/json", JSON.writeValueAsString(channel));
    List<String> slos =
        services.stream()
            .map(each -> SLO.formatted(each.slo(), each.name(), each.slo(), each.name()))
            .toList();
    api.send("POST", "/api/v1/slos", "application/yaml", String.join("---\n", slos));
    beginAt(name, since);
    return new Tenant(name, token, services, api, platform.otlpGrpc(), since.toEpochMilli(), clock);
  }

  /** The API asks PostgreSQL for tokens, the collector its table of {@code control.tokens}. */
  private void admit(String tenant, String hash) throws IOException {
    insert(tenant, hash);
    ObjectNode token = JSON.createObjectNode().put("sha256", hash).put("revoked", false);
    ObjectNode principal = token.putObject("principal");
    principal.put("tenant", tenant).put("name", "bench").put("region", "");
    RIGHTS.forEach(principal.putArray("rights")::add);
    publish("control.tokens", hash, token);
  }

  private void insert(String tenant, String hash) {
    update(
        """
        INSERT INTO access_token (tenant, sha256, id, name, region, rights, created_by, created_at)
        VALUES (?, ?, ?, 'bench', '', ?, 'bench', now())""",
        tenant,
        hash,
        hash.substring(0, 16),
        String.join(",", RIGHTS));
  }

  private void update(String sql, String tenant, String... others) {
    try (Connection connection = DriverManager.getConnection(platform.postgres());
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, tenant);
      for (int i = 0; i < others.length; i++) {
        statement.setString(i + 2, others[i]);
      }
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new BenchFailedException("cannot make tenant " + tenant + ": " + e.getMessage());
    }
  }

  private void beginAt(String tenant, Instant since) throws IOException {
    update("DELETE FROM slo_backfill WHERE tenant = ?", tenant);
    ObjectNode generation = (ObjectNode) JSON.readTree(firstGeneration(tenant));
    generation.put("number", 2).put("effectiveFrom", since.toString());
    publish(OBJECTIVES.topic(), tenant + "/2", generation);
  }

  private void publish(String topic, String key, ObjectNode value) throws IOException {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", platform.kafka(), "max.request.size", 2 << 20),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      byte[] body = JSON.writeValueAsBytes(value);
      var _ = producer.send(new ProducerRecord<>(topic, key.getBytes(UTF_8), body));
    }
  }

  /** As the catalog wrote it. */
  private byte[] firstGeneration(String tenant) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", platform.kafka()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(OBJECTIVES));
      consumer.seekToBeginning(List.of(OBJECTIVES));
      long until = System.nanoTime() + RELAYED_WITHIN.toNanos();
      while (System.nanoTime() < until) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          if (new String(record.key(), UTF_8).equals(tenant + "/1")) {
            return record.value();
          }
        }
      }
    }
    throw new BenchFailedException("the objectives of " + tenant + " did not come to Kafka");
  }

  private static String sha256(String token) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
