// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import dev.nines.ingest.redaction.Redactor;
import dev.nines.ingest.series.SeriesTable;
import dev.nines.ingest.tls.ServerTls;
import dev.nines.transport.KafkaClients;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.prometheus.client.CollectorRegistry;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the collectors of a JVM share: event loops, threads, the bound on bytes in flight, metrics.
 * Close it after its collectors.
 */
public final class CollectorHost implements AutoCloseable {

  /** Bounds of the JDK's HTTP server, per JVM; read when its first server is made. */
  private static final Map<String, String> HTTP_LIMITS =
      Map.of(
          "sun.net.httpserver.maxReqTime", "60",
          "sun.net.httpserver.maxRspTime", "60",
          "sun.net.httpserver.idleInterval", "120",
          "sun.net.httpserver.maxIdleConnections", "1000",
          "sun.net.httpserver.nodelay", "true",
          "jdk.httpserver.maxConnections", "4000");

  /** Tenants that sent something of late, each with a few numbers. */
  private static final int TENANTS_MAX = 10_000;

  final KafkaClients kafka;
  final TokenLookup tokens;
  final DiskReserve disk;
  final IngestLimits limits;
  final SeriesTable series;
  final Redactor redactor;
  final InstantSource clock;
  final IngestMetrics metrics;
  final IngestWatch watch;
  final @Nullable ServerTls tls;
  final InFlightBytes inFlight;
  final Shares shares;
  final EventLoopGroup acceptors =
      new NioEventLoopGroup(1, new DefaultThreadFactory("otlp-accept", true));
  final EventLoopGroup connections =
      new NioEventLoopGroup(2, new DefaultThreadFactory("otlp-grpc", true));
  final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("otlp-", 0).factory());

  /**
   * @param series how many a metric and a tenant may have
   * @param redactor what must not reach Kafka
   * @param guarantees what each tenant may send whatever others do
   * @param watch sees what becomes of requests
   * @param tls of all doors; without it they speak in the clear
   */
  public CollectorHost(
      KafkaClients kafka,
      TokenLookup tokens,
      DiskReserve disk,
      IngestLimits limits,
      SeriesTable series,
      Redactor redactor,
      Guarantees guarantees,
      CollectorRegistry registry,
      InstantSource clock,
      IngestWatch watch,
      @Nullable ServerTls tls) {
    this.kafka = kafka;
    this.tokens = tokens;
    this.disk = disk;
    this.limits = limits;
    this.series = series;
    this.redactor = redactor;
    this.clock = clock;
    this.watch = watch;
    this.tls = tls;
    this.metrics = new IngestMetrics(registry, watch);
    this.inFlight = new InFlightBytes(limits.inFlightBytes(), metrics);
    this.shares = new Shares(guarantees, TENANTS_MAX, clock, metrics);
    disk.register(registry);
    metrics.series(series::size);
    if (tls != null) {
      metrics.certificate(() -> tls.ends().getEpochSecond());
    }
    HTTP_LIMITS.forEach(CollectorHost::setUnlessGiven);
  }

  @Override
  public void close() {
    threads.shutdownNow();
    acceptors.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    connections.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private static void setUnlessGiven(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
