// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.nines.archive.graph.GraphRoll;
import dev.nines.archive.graph.ServiceEdge;
import dev.nines.archive.graph.ServiceGraph;
import dev.nines.archive.graph.ServiceGraphResource;
import dev.nines.objectives.access.Principal;
import dev.nines.warehouse.Sql;
import jakarta.ws.rs.BadRequestException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServiceGraphTest extends TableTest {

  /** The start of a minute, so that tests choose what falls into it. */
  private static final Instant T = Instant.parse("2026-11-26T10:00:00Z");

  private static final String[] SERVICES = {"edge", "cart", "pay", "stock"};

  private Instant now = T;
  private int ids;
  private final List<String> rows = new ArrayList<>();

  @BeforeEach
  void empty() {
    for (String table : List.of("spans", "service_graph_1m", "service_graph_minutes")) {
      query.execute(Sql.of("TRUNCATE TABLE " + table));
    }
  }

  /** The two halves of a call come up to two minutes apart, in any order. */
  @Test
  void edgesAreWhatAnOracleFinds() {
    Random random = new Random(11);
    Map<List<String>, long[]> expected = new HashMap<>();
    for (int i = 0; i < 400; i++) {
      Instant end = T.plusSeconds(random.nextInt(600));
      String client = SERVICES[random.nextInt(4)];
      String server = SERVICES[random.nextInt(4)];
      boolean error = random.nextInt(5) == 0;
      long nanos = random.nextInt(1_000_000);
      Instant sent = end.plusSeconds(random.nextInt(120));
      String span = id();
      switch (random.nextInt(4)) {
        case 0 -> {
          server(server, "0", end, error, nanos, sent);
          add(expected, "", server, "entry", error, nanos);
        }
        case 1 -> {
          server(server, id(), end, error, nanos, sent);
          add(expected, "", server, "unpaired", error, nanos);
        }
        case 2 -> {
          client(client, span, end, error, nanos, sent, "postgresql");
          add(expected, client, "postgresql", "outside", error, nanos);
        }
        default -> {
          client(client, span, end, false, nanos + 50, end.plusSeconds(random.nextInt(120)), "x");
          server(server, span, end, error, nanos, sent);
          add(expected, client, server, "service", error, nanos);
        }
      }
    }
    flush();
    roll(Duration.ofMinutes(20));
    assertThat(found()).isEqualTo(told(expected));
  }

  @Test
  void whatIsStoredLaterIsFoundLaterAndReplacesWhatSeemedToBe() {
    String span = id();
    server("pay", span, T, true, 7, T);
    flush();
    now = T.plus(Duration.ofMinutes(4));
    GraphRoll roll = new GraphRoll(query, () -> now);
    assertThat(roll.look()).isEqualTo(1);
    assertThat(found()).containsExactly(new ServiceEdge("", "pay", "unpaired", 1, 1, 7));
    assertThat(roll.look()).as("not every time").isZero();
    now = now.plusSeconds(60);
    assertThat(roll.look()).as("nothing new").isZero();
    client("cart", span, T, false, 9, T.plusSeconds(5), "");
    flush();
    now = now.plusSeconds(60);
    assertThat(roll.look()).isEqualTo(1);
    assertThat(found()).containsExactly(new ServiceEdge("cart", "pay", "service", 1, 1, 7));
    assertThat(new GraphRoll(query, () -> now).look()).as("after a restart").isZero();
  }

  @Test
  void aMinuteIsLeftAloneUntilItHasSettled() {
    server("pay", "0", T, false, 7, T.plusSeconds(59));
    flush();
    now = T.plus(Duration.ofMinutes(3)).plusSeconds(59);
    GraphRoll roll = new GraphRoll(query, () -> now);
    assertThat(roll.look()).isZero();
    now = now.plusSeconds(31);
    assertThat(roll.look()).isEqualTo(1);
  }

  @Test
  void theResourceAnswersWithinBoundsForTheCallersTenantAndRegion() {
    String span = id();
    client("cart", span, T, false, 9, T, "");
    server("pay", span, T, false, 7, T);
    server("edge", "0", T, false, 7, T);
    flush();
    roll(Duration.ofMinutes(5));
    assertThat(resource("acme", "").edges("", null, null, "10").edges()).hasSize(2);
    assertThat(resource("acme", "").edges("cart", null, null, "10").edges())
        .containsExactly(new ServiceEdge("cart", "pay", "service", 1, 0, 7));
    assertThat(resource("acme", "us").edges("", null, null, "10").edges()).isEmpty();
    assertThat(resource("rival", "").edges("", null, null, "10").edges()).isEmpty();
    ServiceGraphResource.Answer first = resource("acme", "").edges("", null, null, "1");
    assertThat(first.truncated()).isTrue();
    assertThat(first.edges()).hasSize(1);
    assertThatExceptionOfType(BadRequestException.class)
        .isThrownBy(() -> resource("acme", "").edges("", null, null, "5001"));
    assertThatExceptionOfType(BadRequestException.class)
        .isThrownBy(() -> resource("acme", "").edges("", "yesterday", null, "5"));
  }

  private ServiceGraphResource resource(String tenant, String region) {
    Principal reader = new Principal(tenant, "test", region, Set.of(Principal.Right.READ));
    return new ServiceGraphResource(() -> reader, new ServiceGraph(query), () -> now);
  }

  private void roll(Duration after) {
    now = T.plus(after);
    assertThat(new GraphRoll(query, () -> now).look()).isPositive();
  }

  private List<ServiceEdge> found() {
    return new ServiceGraph(query)
        .edges(
            new ServiceGraph.Question(
                "acme", "", "", T.minusSeconds(60), T.plusSeconds(3_600), 1_000));
  }

  private static void add(
      Map<List<String>, long[]> edges,
      String client,
      String server,
      String connection,
      boolean error,
      long nanos) {
    long[] sums = edges.computeIfAbsent(List.of(client, server, connection), _ -> new long[3]);
    sums[0]++;
    sums[1] += error ? 1 : 0;
    sums[2] += nanos;
  }

  private static List<ServiceEdge> told(Map<List<String>, long[]> edges) {
    return edges.entrySet().stream()
        .map(
            edge ->
                new ServiceEdge(
                    edge.getKey().get(0),
                    edge.getKey().get(1),
                    edge.getKey().get(2),
                    edge.getValue()[0],
                    edge.getValue()[1],
                    edge.getValue()[2] / edge.getValue()[0]))
        .sorted(
            Comparator.comparing((ServiceEdge edge) -> -edge.calls())
                .thenComparing(ServiceEdge::client)
                .thenComparing(ServiceEdge::server)
                .thenComparing(ServiceEdge::connection))
        .toList();
  }

  private void server(
      String service, String parent, Instant end, boolean error, long nanos, Instant appended) {
    row(service, "server", id(), parent, end, error, nanos, appended, "");
  }

  private void client(
      String service,
      String span,
      Instant end,
      boolean error,
      long nanos,
      Instant appended,
      String peer) {
    row(service, "client", span, "0", end, error, nanos, appended, peer);
  }

  private void row(
      String service,
      String kind,
      String span,
      String parent,
      Instant end,
      boolean error,
      long nanos,
      Instant appended,
      String peer) {
    rows.add(
        "('acme', '%s', 'eu', '%s', '%s', fromUnixTimestamp64Milli(%d), %d, unhex('%032x'), unhex('%s'), unhex('%s'), {'db.system': '%s'}, fromUnixTimestamp64Milli(%d))"
            .formatted(
                service,
                kind,
                error ? "error" : "unset",
                end.toEpochMilli(),
                nanos,
                1,
                span,
                parent.equals("0") ? "0".repeat(16) : parent,
                peer,
                appended.toEpochMilli()));
  }

  private String id() {
    return "%016x".formatted(++ids);
  }

  private void flush() {
    query.execute(
        Sql.of(
            "INSERT INTO spans (tenant, service, region, kind, status, end, duration_nanos, trace_id,"
                + " span_id, parent_span_id, attributes, appended_at) VALUES "
                + String.join(",", rows)));
    rows.clear();
  }
}
