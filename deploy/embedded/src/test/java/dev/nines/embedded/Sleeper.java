// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A cheap child that keeps the protocol: READY, then gone at the end of standard input. */
final class Sleeper extends RestartableProcess {

  private final Path log;
  private final String script;

  private Sleeper(Path log, String script) {
    this.log = log;
    this.script = script;
  }

  static Sleeper start(Path log) {
    return start(log, "echo READY; read -r line");
  }

  static Sleeper start(Path log, String script) {
    Sleeper sleeper = new Sleeper(log, script);
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
        Duration.ofSeconds(2),
        Duration.ofSeconds(5));
  }
}
