// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.clickhouse;

import com.sun.net.httpserver.HttpServer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves one engine on both ports from construction until {@link #drain}. */
final class ClickHouseServer {
  private static final Logger LOG = LoggerFactory.getLogger(ClickHouseServer.class);

  /** Every query that runs or waits holds a thread; the rest is for pings and refusals. */
  private static final int MAX_THREADS = Admission.MAX_RUNNING + Admission.MAX_WAITING + 32;

  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final Duration KILL_LIMIT = Duration.ofSeconds(5);

  private final Engine engine;
  private final Ports ports;
  private final Sessions sessions;
  private final ClientWatch watch;
  private final Admission admission = new Admission();
  private final ScheduledExecutorService housekeeping =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("housekeeping").factory());

  ClickHouseServer(Engine engine, Ports ports, InstantSource clock) {
    this.engine = engine;
    this.ports = ports;
    this.sessions = new Sessions(engine, clock);
    this.watch = new ClientWatch(engine::kill);
    var nanos = LOOK.toNanos();
    var _ =
        housekeeping.scheduleWithFixedDelay(this::keepHouse, nanos, nanos, TimeUnit.NANOSECONDS);
    serve(ports.full(), Port.FULL);
    serve(ports.readOnly(), Port.READ_ONLY);
  }

  /**
   * Stops in the order that the engine survives: no new queries, a grace for those that run, the
   * rest killed, then the connections closed. A query that does not die keeps its connection: the
   * process ends under it.
   */
  void drain() {
    try {
      if (admission.drain(GRACE) || killed()) {
        ports.close();
        housekeeping.shutdownNow();
        sessions.close();
        engine.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean killed() throws InterruptedException {
    engine.killAll();
    return admission.drain(KILL_LIMIT);
  }

  private void serve(HttpServer server, Port port) {
    var run = new QueryRun(port, watch);
    server.createContext("/", new QueryHandler(port, engine, sessions, admission, run));
    server.setExecutor(
        new ThreadPoolExecutor(
            0,
            MAX_THREADS,
            60,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().daemon().name("http-", 0).factory()));
    server.start();
  }

  private void keepHouse() {
    try {
      watch.look();
      sessions.expire();
    } catch (RuntimeException e) {
      LOG.warn("a look at clients and sessions failed; the next one follows", e);
    }
  }
}
