// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One logical collector of a region: takes OTLP by gRPC and HTTP and answers 2xx / OK only when
 * Kafka has them on all in-sync replicas. It starts without Kafka, refusing with retryable answers
 * until Kafka is there.
 */
public final class Collector implements AutoCloseable {

  private final CollectorConfig config;
  private final CollectorHost host;
  private final RegionLog log;
  private final Beat beat;
  private final GrpcEndpoint grpc;
  private final HttpEndpoint http;
  private final OwnExport own;
  private @Nullable Thread beatThread;

  public Collector(CollectorConfig config, CollectorHost host) {
    this.config = config;
    this.host = host;
    log = new RegionLog(host.kafka, config, host.limits);
    PendingRequests requests = new PendingRequests(host.clock);
    Accounting accounting = new Accounting(config, log, host.clock);
    beat = new Beat(config, log, requests, accounting, host.clock);
    OtlpJson json = new OtlpJson(host.limits.maxBodyBytes());
    Intake intake =
        new Intake(
            config,
            log,
            host.disk,
            requests,
            accounting,
            host.metrics,
            json,
            host.series,
            host.redactor,
            host.clock);
    Access access = new Access(host.tokens, config.region(), config.anonymous());
    ProducerRoom producer = new ProducerRoom(host.limits.producerBufferBytes());
    Gate gate =
        new Gate(
            config.region(),
            intake,
            access,
            host.inFlight,
            host.shares,
            producer,
            host.metrics,
            host.watch);
    own = new OwnExport(gate);
    grpc = new GrpcEndpoint(config, gate, host);
    http = new HttpEndpoint(config, gate, host);
  }

  /**
   * Binds both ports and goes on towards Kafka in the background.
   *
   * @throws IllegalStateException when a port is taken, naming it
   */
  public void start() {
    grpc.start();
    try {
      http.start();
    } catch (IllegalStateException e) {
      grpc.close();
      throw e;
    }
    beatThread = Thread.ofVirtual().name("beat-" + config.region()).start(beat);
  }

  /** Takes what this process has gathered itself, as if it had come from a client beside it. */
  public OwnExport own() {
    return own;
  }

  /** Empty when well, else one line that says what is wrong. */
  public Optional<String> check() {
    return host.disk.reached() ? Optional.of(host.disk.toString()) : beat.check();
  }

  public int grpcPort() {
    return grpc.port();
  }

  public int httpPort() {
    return http.port();
  }

  /** Finishes running requests, says goodbye to extraction, leaves within about 10 s. */
  @Override
  public void close() {
    http.close();
    grpc.close();
    beat.stop();
    if (beatThread != null) {
      endBeat(beatThread);
    }
    if (log.isOpen()) {
      beat.goodbye();
    }
    log.close();
  }

  private void endBeat(Thread thread) {
    if (!log.isOpen()) {
      thread.interrupt(); // it waits for Kafka
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
