// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.panels;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nines.demo.points.MetricTruth;
import dev.nines.demo.stage.Store;
import dev.nines.demo.truth.Batch;
import dev.nines.demo.truth.DuePage;
import dev.nines.demo.truth.SentSpan;
import dev.nines.demo.truth.Truth;
import dev.nines.embedded.ClickHouseProcess;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The truth as tables in an engine of its own: checks are SQL over what the shop logged and what
 * the API says, never over the platform's store. Tables are described in dashboards/README.md.
 */
final class TruthStore implements Closeable {

  private final ClickHouseProcess engine;
  private final Store store;
  private final Path folder;

  TruthStore(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    engine = ClickHouseProcess.start(folder);
    store = new Store(URI.create(engine.url()));
  }

  Store store() {
    return store;
  }

  void fill(Witness witness) throws IOException {
    sent(witness);
    selected(witness);
    table("objective", "slo String, target Float64, tickets Bool", rows -> goals(witness, rows));
    table(
        "due",
        "slo String, scope String, factor Float64, owed Bool, earliest DateTime64(3, 'UTC'),"
            + " first_bad DateTime64(3, 'UTC')",
        rows -> due(witness, rows));
    table(
        "page",
        "incident String, event String, slo String, received DateTime64(3, 'UTC')",
        rows -> pages(witness, rows));
    incidents(witness);
    table(
        "status",
        "slo String, scope String, good Int64, total Int64, coverage Float64",
        rows -> statuses(witness, rows));
    table(
        "account",
        "region String, signal String, offered Int64, rejected Int64, refused Int64,"
            + " accepted Int64, deduplicated Int64, forwarded Int64",
        rows -> accounts(witness, rows));
    table(
        "change",
        "service String, version String, region String, kind String, summary String,"
            + " at DateTime64(3, 'UTC')",
        rows -> changes(witness, rows));
    table(
        "silence",
        "region String, seen_at DateTime64(3, 'UTC')",
        rows -> {
          if (witness.silenceSeen() != null) {
            rows.add(witness.silentRegion(), witness.silenceSeen());
          }
        });
    table(
        "killed",
        "child String",
        rows -> {
          if (witness.killed().isPresent()) {
            rows.add(witness.killed().get());
          }
        });
  }

  private void sent(Witness witness) throws IOException {
    table(
        "sent",
        "key String, region String, service String, operation String, kind String,"
            + " start DateTime64(9, 'UTC'), end DateTime64(9, 'UTC'), error Bool, version String,"
            + " known Bool, handed_over Nullable(DateTime64(9, 'UTC')),"
            + " acknowledged_at Nullable(DateTime64(9, 'UTC'))",
        rows -> {
          for (SentSpan span : witness.log().spans().values()) {
            @Nullable Batch batch = witness.log().batches().get(span.batch());
            rows.add(
                span.key(),
                span.region(),
                span.service(),
                span.name(),
                span.kind().toLowerCase(Locale.ROOT),
                Instant.ofEpochSecond(0, span.startNanos()),
                Instant.ofEpochSecond(0, span.endNanos()),
                span.error(),
                span.attributes().getOrDefault("service.version", ""),
                witness.truth().known(span),
                batch == null ? null : batch.handedOver(),
                batch == null ? null : batch.acknowledged());
          }
        });
  }

  private void selected(Witness witness) throws IOException {
    table(
        "selected",
        "key String, slo String, `group` String, region String, end DateTime64(9, 'UTC'), bad UInt8,"
            + " metric Bool",
        rows -> {
          for (Truth.Event event : witness.truth().events().toList()) {
            SentSpan span = event.span();
            Instant end = Instant.ofEpochSecond(0, span.endNanos());
            rows.add(
                span.key(), event.slo(), event.group(), span.region(), end, event.bad(), false);
          }
          for (MetricTruth.Sum sum : witness.metrics().sums().toList()) {
            selected(sum, rows);
          }
        });
  }

  /** Events that points count have no name of their own, and no group: a row for each. */
  private static void selected(MetricTruth.Sum sum, Rows rows) throws IOException {
    Instant end = Instant.ofEpochSecond(0, sum.timeNanos());
    for (long i = 0; i < sum.count().total(); i++) {
      String key = "%s %s %d".formatted(sum.region(), end, i);
      rows.add(key, sum.slo(), "", sum.region(), end, i < sum.count().bad(), true);
    }
  }

  private static void goals(Witness witness, Rows rows) throws IOException {
    for (List<Truth.Goal> goals : List.of(witness.truth().goals(), witness.metrics().goals())) {
      for (Truth.Goal goal : goals) {
        rows.add(goal.slo(), goal.target(), goal.tickets());
      }
    }
  }

  private static void due(Witness witness, Rows rows) throws IOException {
    for (DuePage page : witness.due()) {
      rows.add(
          page.slo(),
          page.scope(),
          page.factor(),
          page.owed(),
          page.earliest(),
          page.firstBadEvent());
    }
  }

  private static void pages(Witness witness, Rows rows) throws IOException {
    for (var page : witness.pages()) {
      rows.add(page.incident(), page.event().toLowerCase(Locale.ROOT), page.slo(), page.received());
    }
    for (var alert : witness.alerts()) {
      rows.add(alert.incident(), alert.action(), alert.slo(), alert.received());
    }
  }

  private void incidents(Witness witness) throws IOException {
    table(
        "incident",
        "id String, slo String, severity String, state String, run UInt32,"
            + " opened_at DateTime64(6, 'UTC'), acknowledged_at Nullable(DateTime64(6, 'UTC')),"
            + " resolved_at Nullable(DateTime64(6, 'UTC')), first_bad_at DateTime64(6, 'UTC'),"
            + " policy_true_at DateTime64(6, 'UTC')",
        rows -> {
          for (JsonNode incident : witness.incidents()) {
            rows.add(
                incident.path("id").asText(),
                name(incident.path("slo").asText()),
                incident.path("severity").asText(),
                incident.path("state").asText(),
                incident.path("run").asInt(),
                instant(incident.path("openedAt")),
                instant(incident.path("acknowledgedAt")),
                instant(incident.path("resolvedAt")),
                instant(incident.path("firstBadAt")),
                instant(incident.path("policyTrueAt")));
          }
        });
    table(
        "timeline",
        "incident String, id UInt64, at DateTime64(6, 'UTC'), kind String, text String",
        rows -> {
          for (JsonNode incident : witness.incidents()) {
            for (JsonNode row : incident.path("timeline")) {
              rows.add(
                  incident.path("id").asText(),
                  row.path("id").asLong(),
                  instant(row.path("at")),
                  row.path("kind").asText(),
                  row.path("text").asText());
            }
          }
        });
    table("condition", "slo String, scope String", rows -> conditions(witness, rows));
  }

  private static void conditions(Witness witness, Rows rows) throws IOException {
    for (JsonNode incident : witness.incidents()) {
      for (JsonNode condition : incident.path("conditions")) {
        if (incident.hasNonNull("slo")) {
          rows.add(name(incident.path("slo").asText()), condition.path("scope").asText());
        }
      }
    }
  }

  private static void statuses(Witness witness, Rows rows) throws IOException {
    for (JsonNode slo : witness.slos().path("slos")) {
      for (JsonNode status : slo.path("status")) {
        rows.add(
            slo.path("name").asText(),
            status.path("scope").asText(),
            status.path("good").asLong(),
            status.path("total").asLong(),
            status.path("coverage").decimalValue());
      }
    }
  }

  private static void accounts(Witness witness, Rows rows) throws IOException {
    for (JsonNode account : witness.accounts().path("accounts")) {
      rows.add(
          account.path("region").asText(),
          account.path("signal").asText(),
          account.path("offered").asLong(),
          account.path("rejected").asLong(),
          account.path("refused").asLong(),
          account.path("accepted").asLong(),
          account.path("deduplicated").asLong(),
          account.path("forwarded").asLong());
    }
  }

  private static void changes(Witness witness, Rows rows) throws IOException {
    for (JsonNode change : witness.changes().path("changes")) {
      rows.add(
          change.path("service").asText(),
          change.path("version").asText(),
          change.path("region").asText(),
          change.path("kind").asText(),
          change.path("summary").asText(),
          instant(change.path("at")));
    }
  }

  /** Writes the rows of one table. */
  @FunctionalInterface
  private interface Filling {
    void into(Rows rows) throws IOException;
  }

  private void table(String name, String columns, Filling filling) throws IOException {
    store.run("CREATE TABLE " + name + " (" + columns + ") ENGINE = Memory");
    Path file = folder.resolve(name + ".tsv");
    try (Rows rows = new Rows(file)) {
      filling.into(rows);
    }
    if (Files.size(file) > 0) {
      store.load(name, file);
    }
    Files.delete(file);
  }

  /** Without its tenant. */
  private static String name(String slo) {
    return slo.substring(slo.indexOf('/') + 1);
  }

  private static @Nullable Instant instant(JsonNode node) {
    return node.isTextual() ? Instant.parse(node.asText()) : null;
  }

  @Override
  public void close() {
    engine.close();
  }
}
