// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.archive.graph.GraphRoll;
import dev.nines.archive.retention.RetainedTables;
import dev.nines.archive.retention.Retention;
import dev.nines.telemetry.Sampling;
import dev.nines.transport.GroupLag;
import dev.nines.transport.KafkaClients;
import dev.nines.warehouse.MigrationException;
import dev.nines.warehouse.Migrations;
import dev.nines.warehouse.Query;
import dev.nines.warehouse.QueryLimits;
import dev.nines.warehouse.Warehouse;
import dev.nines.warehouse.WarehouseException;
import dev.nines.warehouse.Writer;
import dev.nines.warehouse.sink.ExactSink;
import dev.nines.warehouse.sink.InsertWatch;
import dev.nines.warehouse.sink.SinkMetrics;
import dev.nines.warehouse.sink.SinkSettings;
import dev.nines.warehouse.sink.SinkTarget;
import io.prometheus.client.CollectorRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The role archive: brings the tables up to date, runs a sink for each of them, watches the
 * accounting and finds who calls whom. A region's topic that appears later is picked up within
 * seconds.
 */
public final class Archive implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Archive.class);
  private static final Duration LOOK = Duration.ofSeconds(5);

  /** Inserts per second of a table of low rate: eight of them share the engine with the spans. */
  private static final int QUIET = 4;

  /** Of a minute's calls; it delays nobody. */
  private static final QueryLimits SLOW = new QueryLimits(Duration.ofSeconds(60), 100_000);

  private static final Duration UPKEEP_LEAVES_WITHIN = Duration.ofSeconds(2);

  /** Each try may leave the store with work that goes on. */
  private static final Duration RETAIN_AGAIN = Duration.ofMinutes(10);

  /** Lag when Kafka does not tell it: nothing can be said to be missing. */
  private static final long UNKNOWN = 1;

  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Migrations migrations;
  private final Writer writer;
  private final Query query;
  private final List<ExactSink> sinks;
  private final ResidualWatch watch;
  private final Query slowQuery;
  private final GraphRoll graph;
  private final Thread upkeep;
  private final Retention retention;
  private final Thread keeper;
  private final GroupLag sampler;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile boolean migrated;
  private volatile @Nullable String error;

  /**
   * @param instance names the process; the same after a restart
   * @param sampled tenants whose spans the sampler chooses from
   */
  public Archive(
      KafkaClients kafka,
      Warehouse warehouse,
      String instance,
      SinkSettings settings,
      Retention retention,
      Set<String> sampled,
      ResidualWatch.Listener listener,
      InsertWatch inserts,
      CollectorRegistry registry,
      InstantSource clock) {
    SinkMetrics metrics = new SinkMetrics(registry);
    this.migrations = new Migrations(warehouse, QueryLimits.DEFAULT);
    this.writer = new Writer(warehouse, settings.insertTimeout());
    this.query = new Query(warehouse, QueryLimits.DEFAULT);
    this.sinks =
        Targets.all(registry).stream()
            .map(
                target ->
                    new ExactSink(
                        target,
                        kafka,
                        writer,
                        instance,
                        paced(target, settings),
                        metrics,
                        inserts,
                        clock))
            .toList();
    this.watch = new ResidualWatch(new Accounting(query), sampled, listener, registry, clock);
    this.retention = retention;
    this.sampler = new GroupLag(kafka, Sampling.GROUP);
    this.slowQuery = new Query(warehouse, SLOW);
    this.graph = new GraphRoll(slowQuery, registry, clock);
    this.upkeep = Thread.ofVirtual().name("archive-upkeep").unstarted(this::housekeep);
    this.keeper = Thread.ofVirtual().name("archive").unstarted(this::keep);
  }

  private static SinkSettings paced(SinkTarget target, SinkSettings settings) {
    if (Targets.BUSY.contains(target.name())) {
      return settings;
    }
    return settings.withInsertsPerSecond(target.name().equals(Targets.DEMAND) ? 1 : QUIET);
  }

  /** Returns at once; {@link #check} tells when the role stores. */
  public void start() {
    keeper.start();
  }

  public ArchiveHealth check() {
    return new ArchiveHealth(
        migrated, error, sinks.stream().map(ExactSink::check).toList(), watch.check());
  }

  /** Residuals of accounting that last; empty until that is known. */
  public Optional<List<ResidualWatch.Residual>> residuals() {
    return watch.known();
  }

  /** Stops the sinks after their running inserts. */
  @Override
  public void close() {
    stopping.countDown();
    try {
      keeper.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (migrated) {
      sinks.parallelStream().forEach(ExactSink::close);
    }
    upkeep.interrupt();
    awaitUpkeep();
    sampler.close();
    query.close();
    slowQuery.close();
    writer.close();
  }

  private void awaitUpkeep() {
    try {
      upkeep.join(UPKEEP_LEAVES_WITHIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** In a thread of its own: it may wait long for an answer, and storing does not wait for it. */
  private void housekeep() {
    while (!isRetained() && !isStopping(RETAIN_AGAIN)) {
      LOG.info("retention: tried again in {} min", RETAIN_AGAIN.toMinutes());
    }
    while (!isStopping(LOOK)) {
      try {
        graph.look(check().lag());
      } catch (WarehouseException e) {
        LOG.warn("service graph: {}", e.getMessage());
      }
    }
  }

  private boolean isRetained() {
    try {
      new RetainedTables(slowQuery).apply(retention);
      return true;
    } catch (WarehouseException e) {
      LOG.warn("retention: {}", e.getMessage());
      return false;
    }
  }

  /** ClickHouse may be away when the role starts: the tables come first, then the sinks. */
  private void keep() {
    while (!migrated && !isStopping(Duration.ZERO)) {
      migrated = succeeds(() -> Schema.migrate(migrations));
      if (!migrated) {
        isStopping(RETRY);
      }
    }
    if (!migrated) {
      return;
    }
    sinks.forEach(ExactSink::start);
    upkeep.start();
    while (!isStopping(LOOK)) {
      // First what comes later to the sinks: what moves on meanwhile is seen there.
      long undecided = sampler.records().orElse(UNKNOWN);
      succeeds(() -> watch.look(check().lag(), undecided));
    }
  }

  private boolean succeeds(Runnable work) {
    try {
      work.run();
      error = null;
      return true;
    } catch (WarehouseException | MigrationException e) {
      LOG.warn("archive: {}", e.getMessage());
      error = Objects.requireNonNullElse(e.getMessage(), e.toString());
      return false;
    }
  }

  private boolean isStopping(Duration wait) {
    try {
      return stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
