// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks.overload;

import dev.nines.benchmarks.Command;
import dev.nines.benchmarks.WarmUp;
import dev.nines.benchmarks.load.Flood;
import dev.nines.demo.Accounting;
import dev.nines.demo.Patience;
import dev.nines.demo.stage.Api;
import dev.nines.demo.stage.Installation;
import dev.nines.demo.stage.Platform;
import dev.nines.demo.stage.Store;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * {@code prove overload}: finds the highest rate that a platform on this machine acknowledges
 * within 200 ms and without a refusal for a minute, offers ten times that for a minute, and holds
 * the platform to its promise: only answers that may be tried again, bounded memory, everything
 * acknowledged stored once, and normal within a minute after.
 */
public final class Overload {

  /** As {@code ./nines prove} calls it. */
  public static final String WORD = "overload";

  private static final Duration PROBE = Duration.ofSeconds(15);
  private static final Duration WARM = Duration.ofSeconds(30);
  private static final Duration MINUTE = Duration.ofSeconds(60);
  private static final Duration AFTER = Duration.ofSeconds(75);
  private static final Duration CATCH_UP = Duration.ofMinutes(30);
  private static final int FIRST_RATE = 5_000;
  private static final int LEAST_RATE = 500;
  private static final double STEP_UP = 1.5;
  private static final double STEP_DOWN = 0.8;
  private static final int TIMES = 10;

  /** Heap and native memory that the processes are given, and what a JVM needs beside. */
  private static final Map<String, Long> BOUNDS_MIB =
      Map.of("server", 1_536L, "kafka", 1_024L, "clickhouse", 4_096L, "postgres", 512L);

  private final Installation nines;
  private final PrintStream out;
  private final Stored stored = new Stored();

  public Overload(Path home, PrintStream out) {
    this.nines = new Installation(home);
    this.out = out;
  }

  /** True when everything came out as it must. */
  public boolean holds() throws IOException {
    Path folder = Files.createTempDirectory("nines-overload-");
    say("overload: files are in %s", folder);
    List<String> broken = new ArrayList<>();
    try (Platform platform = Platform.start(nines, folder, List.of("nines.anonymous-otlp=true"))) {
      Map<String, Long> pids = platform.pids();
      int rate = sustainable(platform, folder);
      Phase after;
      try (Memory memory = new Memory(pids)) {
        judge(phase(platform, folder, rate * TIMES, MINUTE), broken);
        after = phase(platform, folder, rate, AFTER);
        judge(memory.mostMib(), broken);
      }
      judgeReturn(after, broken);
      awaitStored(platform, broken);
      say("%,d batches were acknowledged", stored.acknowledgedBatches());
      broken.addAll(stored.broken(new Store(platform.store())));
      if (!platform.pids().equals(pids)) {
        broken.add("a process did not live through it");
      }
    }
    broken.forEach(line -> say("  BROKEN  %s", line));
    say(broken.isEmpty() ? "  as it must" : "  NOT AS IT MUST");
    return broken.isEmpty();
  }

  /** Steps up until it is too much, then down until a whole minute is borne. */
  private int sustainable(Platform platform, Path folder) throws IOException {
    warmUp(platform, folder);
    int rate = FIRST_RATE;
    while (phase(platform, folder, rate, PROBE).sustained()) {
      rate = (int) (rate * STEP_UP);
    }
    do {
      rate = (int) (rate * STEP_DOWN);
      if (rate < LEAST_RATE) {
        throw new IOException("not even %,d spans/s are borne for a minute".formatted(LEAST_RATE));
      }
    } while (!phase(platform, folder, rate, MINUTE).sustained());
    say("sustainable for a minute: %,d spans/s", rate);
    return rate;
  }

  /** A platform that compiles itself bears less than the same one a few minutes later. */
  private void warmUp(Platform platform, Path folder) throws IOException {
    WarmUp warmUp = new WarmUp();
    while (!warmUp.over()) {
      double p99Millis = phase(platform, folder, FIRST_RATE, WARM).p99Millis();
      warmUp.add(1 / Math.max(1, p99Millis), WARM.toSeconds());
    }
  }

  private Phase phase(Platform platform, Path folder, int rate, Duration length)
      throws IOException {
    Path file = Files.createTempFile(folder, "flood", ".tsv");
    List<String> words =
        List.of(
            Integer.toString(platform.otlpGrpc().getPort()),
            Integer.toString(rate),
            Long.toString(length.toSeconds()),
            file.toString());
    Command.run(folder, Map.of(), java(words));
    List<Shot> shots = Files.readAllLines(file).stream().map(Shot::parse).toList();
    stored.add(shots);
    Phase phase = new Phase(rate, length, shots.stream().filter(shot -> !shot.lead()).toList());
    say(
        "  %,9d spans/s for %d s: %3.0f %% of it offered, p99 of acknowledgements %,d ms, answers %s",
        rate, length.toSeconds(), 100 * phase.offeredShare(), phase.p99Millis(), phase.codes());
    return phase;
  }

  private static List<String> java(List<String> words) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx1g", "-XX:+UseSerialGC", "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Flood.class.getName()));
    command.addAll(words);
    return command;
  }

  private static void judge(Phase overload, List<String> broken) {
    overload.wrong().forEach(answer -> broken.add("answered with " + answer));
    if (overload.acknowledged() == 0) {
      broken.add("nothing was acknowledged under ten times the load");
    }
  }

  private void judge(Map<String, Long> mostMib, List<String> broken) {
    say("  most resident memory, MiB: %s", mostMib);
    BOUNDS_MIB.forEach(
        (process, bound) -> {
          if (mostMib.getOrDefault(process, 0L) > bound) {
            broken.add(process + " had more than " + bound + " MiB resident");
          }
        });
  }

  private void judgeReturn(Phase after, List<String> broken) {
    OptionalLong second = after.normalFromSecond();
    if (second.isPresent() && second.getAsLong() <= MINUTE.toSeconds()) {
      say("  normal again after %d s", second.getAsLong());
    } else {
      broken.add("not normal again within a minute");
    }
  }

  private void awaitStored(Platform platform, List<String> broken) throws IOException {
    Api api = new Api(platform.api(), platform.token());
    long begin = System.nanoTime();
    AtomicReference<Accounting> last = new AtomicReference<>(new Accounting(0, 1, 0));
    if (Patience.until(CATCH_UP, () -> arrived(read(api, last)))) {
      Duration taken = Duration.ofNanos(System.nanoTime() - begin);
      say("  stored to the last one after %d s", taken.toSeconds());
    } else {
      broken.add("after %d min: %s".formatted(CATCH_UP.toMinutes(), last.get()));
    }
    if (last.get().residual() != 0) {
      broken.add("the account has a residual of " + last.get().residual());
    }
  }

  private static Accounting read(Api api, AtomicReference<Accounting> last) throws IOException {
    last.set(Accounting.read(api));
    return last.get();
  }

  private static boolean arrived(Accounting accounting) {
    return accounting.settled() && accounting.unread() == 0;
  }

  private void say(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
