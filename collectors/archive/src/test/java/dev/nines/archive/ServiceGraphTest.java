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
import io.prometheus.client.CollectorRegistry;
import jakarta.ws.rs.BadRequestException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServiceGraphTest extends TableTest {

  /** The start of a minute, so that tests choose what falls into it. */
  private static final Instant T = Instant.parse("2026-11-26T10:00:00Z");

  private static final String[] SERVICES = {"edge", "cart", "pay", "stock"};

  private Instant now = T;

  /** By tenant and trace: others have the same. */
  private final Map<String, Integer> ids = new HashMap<>();

  private String tenant = "acme";
  private String region = "eu";
  private int trace;
  private final List<String> rows = new ArrayList<>();

  @BeforeEach
  void empty() {
    tenant = "acme";
    region = "eu";
    trace = 1;
    for (String table : List.of("spans", "service_graph_1m", "service_graph_minutes")) {
      query.execute(Sql.of("TRUNCATE TABLE " + table));
    }
  }

  /**
   * The two halves of a call come up to two minutes apart, in any order, of two tenants with the
   * same ids; half of all is stored, and looked at, before the rest.
   */
  @Test
  void edgesAreWhatAnOracleFinds() {
    Random random = new Random(11);
    Map<Instant, Map<List<String>, long[]>> expected = new TreeMap<>();
    for (int i = 0; i < 600; i++) {
      tenant = random.nextBoolean() ? "acme" : "rival";
      trace = random.nextInt(3);
      Instant end = T.plusSeconds(random.nextInt(600));
      call(random, end, expected.computeIfAbsent(minute(end), _ -> new HashMap<>()));
    }
    Collections.shuffle(rows, random);
    List<String> later = List.copyOf(rows.subList(300, rows.size()));
    rows.subList(300, rows.size()).clear();
    flush();
    roll(Duration.ofMinutes(20));
    rows.addAll(later);
    flush();
    roll(Duration.ofMinutes(25));
    for (String each : List.of("acme", "rival")) {
      for (int i = 0; i < 10; i++) {
        Instant minute = T.plusSeconds(60L * i);
        Map<List<String>, long[]> edges = expected.getOrDefault(minute, Map.of());
        assertThat(found(each, minute, minute.plusSeconds(60)))
            .as("%s, minute %d", each, i)
            .isEqualTo(told(each, edges));
      }
    }
  }

  private void call(Random random, Instant end, Map<List<String>, long[]> expected) {
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

  /** In the next minute of append: that of the server is looked at again all the same. */
  @Test
  void whatIsStoredLaterIsFoundLaterAndReplacesWhatSeemedToBe() {
    String span = id();
    server("pay", span, T, true, 7, T);
    flush();
    now = T.plus(Duration.ofMinutes(5));
    GraphRoll roll = new GraphRoll(query, new CollectorRegistry(), () -> now);
    assertThat(roll.look(0)).isEqualTo(1);
    assertThat(found()).containsExactly(new ServiceEdge("", "pay", "unpaired", 1, 1, 7));
    assertThat(roll.look(0)).as("not every time").isZero();
    now = now.plusSeconds(60);
    assertThat(roll.look(0)).as("nothing new").isZero();
    client("cart", span, T, false, 9, T.plusSeconds(65), "db");
    flush();
    now = now.plusSeconds(60);
    assertThat(roll.look(0)).isEqualTo(2);
    assertThat(found()).containsExactly(new ServiceEdge("cart", "pay", "service", 1, 1, 7));
    assertThat(new GraphRoll(query, new CollectorRegistry(), () -> now).look(0))
        .as("after a restart")
        .isZero();
  }

  @Test
  void aSpanThatWasSampledCountsForThoseThatItStandsFor() {
    String span = id();
    client("cart", span, T, false, 9, T, "");
    server("pay", span, T, true, 7, T);
    client("cart", id(), T, false, 5, T, "db");
    flush();
    query.execute(
        Sql.of("ALTER TABLE spans UPDATE adjusted_count = 4 WHERE 1 SETTINGS mutations_sync = 1"));
    roll(Duration.ofMinutes(6));
    assertThat(found())
        .containsExactly(
            new ServiceEdge("cart", "db", "outside", 4, 0, 5),
            new ServiceEdge("cart", "pay", "service", 4, 4, 7));
  }

  @Test
  void whatSeemedToBeOutsideIsNotCountedTwice() {
    String span = id();
    client("cart", span, T, false, 9, T, "pay.internal");
    flush();
    roll(Duration.ofMinutes(6));
    assertThat(found()).extracting(ServiceEdge::connection).containsExactly("outside");
    server("pay", span, T, true, 7, T.plusSeconds(70));
    flush();
    roll(Duration.ofMinutes(8));
    assertThat(found()).containsExactly(new ServiceEdge("cart", "pay", "service", 1, 1, 7));
  }

  /** Sinks catch up for longer than a look is usually back. */
  @Test
  void whatComesAfterALongStopIsFoundWhileSinksAreBehind() {
    now = T.plus(Duration.ofHours(2));
    GraphRoll roll = new GraphRoll(query, new CollectorRegistry(), () -> now);
    assertThat(roll.look(1_000_000)).isZero();
    server("pay", "0", T, true, 7, T);
    flush();
    now = now.plusSeconds(60);
    assertThat(roll.look(500_000)).isEqualTo(1);
  }

  @Test
  void aClientOfManyHostsHasABoundedNumberOfNames() {
    for (int i = 0; i < 150; i++) {
      client("crawler", id(), T, false, 9, T, "host-" + i);
    }
    flush();
    roll(Duration.ofMinutes(6));
    assertThat(found()).hasSize(101);
    assertThat(found().getFirst())
        .isEqualTo(new ServiceEdge("crawler", "other", "outside", 50, 0, 9));
  }

  @Test
  void aMinuteIsLeftAloneUntilItHasSettled() {
    server("pay", "0", T, false, 7, T.plusSeconds(59));
    flush();
    now = T.plus(Duration.ofMinutes(4)).plusSeconds(59);
    GraphRoll roll = new GraphRoll(query, new CollectorRegistry(), () -> now);
    assertThat(roll.look(0)).isZero();
    now = now.plusSeconds(31);
    assertThat(roll.look(0)).isEqualTo(1);
  }

  @Test
  void theResourceAnswersWithinBoundsForTheCallersTenantAndRegion() {
    String span = id();
    client("cart", span, T, false, 9, T, "");
    server("pay", span, T, false, 7, T);
    server("edge", "0", T, false, 7, T);
    region = "us";
    String abroad = id();
    client("cart", abroad, T, false, 9, T, "");
    region = "eu";
    server("stock", abroad, T, false, 7, T);
    flush();
    roll(Duration.ofMinutes(6));
    assertThat(resource("acme", "").edges("", null, null, "10").edges()).hasSize(3);
    assertThat(resource("acme", "").edges("pay", null, null, "10").edges())
        .containsExactly(new ServiceEdge("cart", "pay", "service", 1, 0, 7));
    assertThat(resource("acme", "eu").edges("cart", null, null, "10").edges())
        .as("what comes from elsewhere is not the region's to see")
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
    assertThatExceptionOfType(BadRequestException.class)
        .isThrownBy(() -> resource("acme", "").edges("", "2026-01-01T00:00:00Z", null, "5"))
        .satisfies(refused -> assertThat(refused.getMessage()).isNotNull());
  }

  private ServiceGraphResource resource(String tenant, String region) {
    Principal reader = new Principal(tenant, "test", region, Set.of(Principal.Right.READ));
    return new ServiceGraphResource(() -> reader, new ServiceGraph(query), () -> now);
  }

  /** Looks until nothing is left. */
  private void roll(Duration after) {
    now = T.plus(after);
    GraphRoll roll = new GraphRoll(query, new CollectorRegistry(), () -> now);
    assertThat(roll.look(0)).isPositive();
    int found;
    do {
      now = now.plusSeconds(30);
      found = roll.look(0);
    } while (found > 0);
  }

  private List<ServiceEdge> found() {
    return found("acme", T.minusSeconds(60), T.plusSeconds(3_600));
  }

  private List<ServiceEdge> found(String of, Instant from, Instant to) {
    return new ServiceGraph(query).edges(new ServiceGraph.Question(of, "", "", from, to, 1_000));
  }

  private static Instant minute(Instant time) {
    return time.truncatedTo(java.time.temporal.ChronoUnit.MINUTES);
  }

  private void add(
      Map<List<String>, long[]> edges,
      String client,
      String server,
      String connection,
      boolean error,
      long nanos) {
    long[] sums =
        edges.computeIfAbsent(List.of(tenant, client, server, connection), _ -> new long[3]);
    sums[0]++;
    sums[1] += error ? 1 : 0;
    sums[2] += nanos;
  }

  private static List<ServiceEdge> told(String of, Map<List<String>, long[]> edges) {
    return edges.entrySet().stream()
        .filter(edge -> edge.getKey().getFirst().equals(of))
        .map(
            edge ->
                new ServiceEdge(
                    edge.getKey().get(1),
                    edge.getKey().get(2),
                    edge.getKey().get(3),
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
        "('%s', '%s', '%s', '%s', '%s', fromUnixTimestamp64Milli(%d), %d, unhex('%032x'), unhex('%s'), unhex('%s'), {'db.system': '%s'}, fromUnixTimestamp64Milli(%d))"
            .formatted(
                tenant,
                service,
                region,
                kind,
                error ? "error" : "unset",
                end.toEpochMilli(),
                nanos,
                trace,
                span,
                parent.equals("0") ? "0".repeat(16) : parent,
                peer,
                appended.toEpochMilli()));
  }

  private String id() {
    return "%016x".formatted(ids.merge(tenant + trace, 1, Integer::sum));
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
