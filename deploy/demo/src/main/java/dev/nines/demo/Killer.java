// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo;

import dev.nines.demo.stage.RoleProcess;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/** Sends SIGKILL to one process after the other, and starts again what nobody else does. */
final class Killer implements Runnable {

  /** From when all are up to the next kill. */
  private static final long PAUSE_MILLIS = 3_000;

  private static final long MORE_PAUSE_MILLIS = 9_000;

  private static final Duration BACK_WITHIN = Duration.ofSeconds(90);

  /** How long a process stays away that no supervisor watches. */
  private static final long AWAY_MILLIS = 4_000;

  private final Theatre theatre;
  private final Random random;
  private final Screen screen;
  private final Map<String, Victim> victims;
  private final Map<String, Integer> kills = new TreeMap<>();
  private final List<Outage> outages = new ArrayList<>();
  private final List<String> troubles = new ArrayList<>();

  /** A process, or the process of a store. */
  private interface Victim {
    void kill() throws IOException;

    /** Nothing for those that {@code up} starts again itself. */
    default void restart() throws IOException {}
  }

  /** From a SIGKILL until all processes were ready again. */
  record Outage(Instant from, Instant to) {

    Duration length() {
      return Duration.between(from, to);
    }

    boolean has(Instant instant) {
      return !instant.isBefore(from) && !instant.isAfter(to);
    }
  }

  private Killer(Theatre theatre, long seed, Screen screen, Map<String, Victim> victims) {
    this.theatre = theatre;
    this.random = new Random(seed);
    this.screen = screen;
    this.victims = victims;
  }

  /** Of one role that is a process of its own. */
  static Killer ofRole(String role, Theatre theatre, long seed, Screen screen) {
    return new Killer(
        theatre,
        seed,
        screen,
        Map.of(role, ofRole(Objects.requireNonNull(theatre.apart().get(role), role))));
  }

  static Killer ofEverything(Theatre theatre, long seed, Screen screen) {
    Map<String, Victim> victims = new LinkedHashMap<>();
    for (String child : List.of("kafka", "clickhouse", "postgres", "server")) {
      victims.put(child, () -> theatre.platform().kill(child));
    }
    theatre.apart().forEach((name, role) -> victims.put(name, ofRole(role)));
    victims.put(
        "collector",
        new Victim() {
          @Override
          public void kill() {
            theatre.collectors().kill();
          }

          @Override
          public void restart() throws IOException {
            theatre.collectors().restart();
          }
        });
    return new Killer(theatre, seed, screen, victims);
  }

  private static Victim ofRole(RoleProcess role) {
    return new Victim() {
      @Override
      public void kill() {
        role.kill();
      }

      @Override
      public void restart() throws IOException {
        role.restart();
      }
    };
  }

  /** Until it is interrupted; what it killed is then started again. */
  @Override
  public void run() {
    List<Map.Entry<String, Victim>> all = List.copyOf(victims.entrySet());
    try {
      awaitAll();
      while (true) {
        Thread.sleep(PAUSE_MILLIS + random.nextLong(MORE_PAUSE_MILLIS));
        Map.Entry<String, Victim> drawn = all.get(random.nextInt(all.size()));
        Instant from = Instant.now();
        kill(drawn.getKey(), drawn.getValue());
        if (awaitAll()) {
          outages.add(new Outage(from, Instant.now()));
        }
      }
    } catch (InterruptedException e) {
      screen.event("☠", "no more kills: " + kills);
    }
  }

  /** Who kills what is not up yet proves nothing about what it does when it is. */
  private boolean awaitAll() {
    boolean back = Patience.until(BACK_WITHIN, theatre::ready);
    if (!back && !Thread.currentThread().isInterrupted()) {
      troubles.add("not all processes were ready within " + BACK_WITHIN.toSeconds() + " s");
    }
    return back;
  }

  private void kill(String name, Victim victim) {
    try {
      victim.kill();
      kills.merge(name, 1, Integer::sum);
      screen.event("☠", "SIGKILL of " + name);
      away();
      victim.restart();
    } catch (IOException e) {
      troubles.add("could not kill or restart " + name + ": " + e.getMessage());
    }
  }

  private void away() {
    try {
      Thread.sleep(random.nextLong(AWAY_MILLIS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // seen at the next pause, when the victim is back
    }
  }

  /** By name. */
  Map<String, Integer> kills() {
    return kills;
  }

  List<Outage> outages() {
    return outages;
  }

  List<String> troubles() {
    return troubles;
  }
}
