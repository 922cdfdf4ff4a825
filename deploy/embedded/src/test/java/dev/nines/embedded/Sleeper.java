// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A cheap child that keeps the protocol: READY, then gone at the end of standard input. */
final class Sleeper extends RestartableProcess {

  private final Path log;
  private final String script;

  private final Duration startTimeout;

  private Sleeper(Path log, String script, Duration startTimeout) {
    this.log = log;
    this.script = script;
    this.startTimeout = startTimeout;
  }

  static Sleeper start(Path log) {
    return start(log, "echo READY; read -r line");
  }

  static Sleeper start(Path log, String script) {
    return start(log, script, Duration.ofSeconds(20));
  }

  static Sleeper start(Path log, String script, Duration startTimeout) {
    Sleeper sleeper = new Sleeper(log, script, startTimeout);
    sleeper.restart();
    return sleeper;
  }

  @Override
  public String name() {
    return "sleeper";
  }

  @Override
  protected Launch prepare() {
    return new Launch(
        name(),
        java.util.List.of("/bin/sh", "-c", script),
        Map.of(),
        log,
        Launch.READY,
        startTimeout,
        Duration.ofSeconds(5));
  }
}
