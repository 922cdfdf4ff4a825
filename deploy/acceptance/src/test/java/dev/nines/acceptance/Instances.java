// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import dev.nines.embedded.KafkaProcess;
import dev.nines.objectives.AccessToken;
import dev.nines.objectives.BurnPolicy;
import dev.nines.objectives.Generation;
import dev.nines.objectives.ObjectiveTopics;
import dev.nines.objectives.RollingWindow;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloId;
import dev.nines.objectives.SpanIndicator;
import dev.nines.objectives.SpanPredicate;
import dev.nines.objectives.access.Principal;
import dev.nines.transport.JsonSerde;
import dev.nines.transport.KafkaClients;
import dev.nines.transport.Topic;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Two processes of one role on one broker.
 *
 * @param role engine or extraction
 * @param application what its metrics and changelogs begin with, after {@code nines}
 */
record Instances(String role, String application, Path folder, KafkaProcess broker) {

  private static final String TOKEN = "nines_instances";

  /** Process {@code a} or {@code b}; one that was there before starts again in its folder. */
  RoleProcess start(String instance) throws IOException {
    return RoleProcess.start(
        Files.createDirectories(folder.resolve(instance)),
        role,
        "nines.instance=" + instance,
        "nines.instances=2",
        "nines.regions=eu",
        "nines.kafka.bootstrap-servers=" + broker.bootstrapServers());
  }

  KafkaClients kafka() {
    return new KafkaClients(broker.bootstrapServers());
  }

  static void eventually(String what, Callable<Boolean> holds) {
    await(what).atMost(90, SECONDS).ignoreExceptions().until(holds);
  }

  /** Waits until each has half of the tasks, and a copy of the other half. */
  void awaitShared(int half, RoleProcess one, RoleProcess other) {
    String words = "works on %d tasks, has a copy of %d of others".formatted(half, half);
    eventually(
        "each works on half", () -> health(one).contains(words) && health(other).contains(words));
  }

  /** Waits until one is alone. */
  void awaitAlone(int tasks, RoleProcess one) {
    String words = "works on %d tasks, has a copy of no other".formatted(tasks);
    eventually("one works on all", () -> health(one).contains(words));
  }

  private String health(RoleProcess process) {
    return Http.json(http(process).get("/health")).at("/parts/" + role).asText();
  }

  /** Records of changelogs that its tasks read before they could work. */
  double restored(RoleProcess process) {
    String metrics = http(process).get("/metrics").body();
    return Pattern.compile(
            "(?m)^nines_%s_streams_restored_records_total (\\S+)$".formatted(application))
        .matcher(metrics)
        .results()
        .mapToDouble(found -> Double.parseDouble(found.group(1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError(metrics));
  }

  private static Http http(RoleProcess process) {
    return new Http(process.url(), Optional.of(TOKEN));
  }

  /** Objectives that have been in force for an hour, and a token to ask with. */
  void publish(List<Slo> slos) throws Exception {
    kafka().create(List.of(ObjectiveTopics.OBJECTIVES, ObjectiveTopics.TOKENS));
    Generation generation =
        new Generation("default", 1, Instant.now().minus(Duration.ofHours(1)), slos);
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(TOKEN.getBytes(UTF_8));
    Principal reader = new Principal("default", "reader", "", Set.of(Principal.Right.READ));
    AccessToken token = new AccessToken(HexFormat.of().formatHex(hash), reader, false);
    try (KafkaProducer<byte[], byte[]> producer = kafka().producer("catalog")) {
      producer.send(
          record(ObjectiveTopics.OBJECTIVES, generation.key(), Generation.class, generation));
      producer.send(record(ObjectiveTopics.TOKENS, token.sha256(), AccessToken.class, token));
    }
  }

  private static <T> ProducerRecord<byte[], byte[]> record(
      Topic topic, String key, Class<T> type, T value) {
    return new ProducerRecord<>(
        topic.name(), key.getBytes(UTF_8), new JsonSerde<>(type).write(value));
  }

  /** Of the spans of service acceptance, no more than 1 % may fail. */
  static Slo slo(SloId id) {
    return new Slo(
        id,
        1,
        "acceptance",
        id.name(),
        "",
        Map.of(),
        new SpanIndicator("acceptance", "", "", Map.of(), new SpanPredicate.StatusError()),
        new BigDecimal("0.99"),
        new RollingWindow(Duration.ofHours(1)),
        List.of(
            new BurnPolicy(
                "fast",
                Duration.ofMinutes(2),
                Duration.ofSeconds(20),
                BigDecimal.TEN,
                BurnPolicy.Severity.PAGE)),
        BigDecimal.ZERO,
        Slo.Missing.NEUTRAL);
  }
}
