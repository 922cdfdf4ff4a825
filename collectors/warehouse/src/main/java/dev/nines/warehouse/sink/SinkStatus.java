// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse.sink;

import dev.nines.warehouse.sink.SinkHealth.State;
import java.time.InstantSource;
import java.util.Objects;

/** The health of a sink, written by its thread and read by others, and its metrics. */
final class SinkStatus {

  private final String name;
  private final SinkMetrics metrics;
  private final InstantSource clock;
  private volatile SinkHealth health;

  SinkStatus(String name, SinkMetrics metrics, InstantSource clock) {
    this.name = name;
    this.metrics = metrics;
    this.clock = clock;
    metrics.failures.labels(name);
    this.health = new SinkHealth(name, State.STARTING, 0, null, null);
  }

  SinkHealth health() {
    return health;
  }

  /** A round went well, whether or not there was something to store. */
  void running() {
    SinkHealth now = health;
    if (now.state() != State.RUNNING) {
      health = new SinkHealth(name, State.RUNNING, now.lag(), now.lastStoredAt(), null);
    }
  }

  void stored() {
    health = new SinkHealth(name, State.RUNNING, health.lag(), clock.instant(), null);
  }

  void failed(RuntimeException e) {
    metrics.failures.labels(name).inc();
    enter(State.RETRYING, Objects.requireNonNullElse(e.getMessage(), e.toString()));
  }

  void replaced() {
    enter(State.REPLACED, "another process has this instance id");
  }

  void closed() {
    SinkHealth now = health;
    health = new SinkHealth(name, State.CLOSED, now.lag(), now.lastStoredAt(), now.lastError());
  }

  void lag(long records, long bufferedBytes) {
    metrics.lag.labels(name).set(records);
    metrics.bufferedBytes.labels(name).set(bufferedBytes);
    SinkHealth now = health;
    health = new SinkHealth(name, now.state(), records, now.lastStoredAt(), now.lastError());
  }

  private void enter(State state, String error) {
    health = new SinkHealth(name, state, health.lag(), health.lastStoredAt(), error);
  }
}
