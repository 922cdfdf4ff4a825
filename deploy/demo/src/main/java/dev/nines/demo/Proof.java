// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo;

import dev.nines.demo.DemoOptions.Sabotage;
import dev.nines.demo.fuzz.Fuzz;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The long proofs, {@code ./nines prove NAME}: most are demos, each with what must come out. */
public enum Proof {
  /** Seeds 1 to 5 and one drawn now: every promise holds. */
  DEMO_SEEDS {
    @Override
    List<Run> runs() {
      long drawn = new SecureRandom().nextLong(1_000, 1_000_000);
      return Stream.of(1L, 2L, 3L, 4L, 5L, drawn)
          .map(seed -> new Run("seed " + seed, standard(seed), Optional.empty()))
          .toList();
    }
  },
  /** One store or the server is killed in the middle: nothing is lost or counted twice. */
  DEMO_KILLS {
    @Override
    List<Run> runs() {
      return Stream.of("kafka", "clickhouse", "postgres", "server")
          .map(child -> new Run("SIGKILL " + child, standard(7).killing(child), Optional.empty()))
          .toList();
    }
  },
  /** Somebody lies: the demo must fail and name the promise. */
  DEMO_SABOTAGE {
    @Override
    List<Run> runs() {
      return List.of(
          sabotage(Sabotage.SWALLOWED_BATCHES, "1 acknowledged is kept"),
          sabotage(Sabotage.FORGED_ROW, "2 counted once"),
          sabotage(Sabotage.SWALLOWED_POINTS, "1 acknowledged is kept"),
          sabotage(Sabotage.FORGED_POINT, "2 counted once"),
          sabotage(Sabotage.SWALLOWED_PAGE, "7 a page is never lost"));
    }
  },
  /** A million bodies that clients sent, changed in every way. */
  FUZZ {
    @Override
    public boolean holds(Path home, PrintStream out) throws IOException {
      return new Fuzz(home, out).holds();
    }
  };

  /**
   * @param breaks the promise that must break; empty when all must hold
   */
  record Run(String name, DemoOptions options, Optional<String> breaks) {

    boolean cameOut(Report report) {
      List<String> broken = report.brokenPromises();
      return breaks
          .map(promise -> broken.stream().anyMatch(line -> line.startsWith(promise)))
          .orElse(broken.isEmpty());
    }
  }

  List<Run> runs() {
    return List.of();
  }

  /** {@code demo-seeds} and so on. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<Proof> named(String word) {
    return Arrays.stream(values()).filter(proof -> proof.word().equals(word)).findFirst();
  }

  public static String words() {
    return Arrays.stream(values()).map(Proof::word).collect(Collectors.joining(", "));
  }

  /** Performs it; true when everything came out as it must. */
  public boolean holds(Path home, PrintStream out) throws IOException {
    List<String> verdicts = new ArrayList<>();
    boolean all = true;
    for (Run run : runs()) {
      Report report = new Director(home, run.options(), out, false).run();
      boolean good = run.cameOut(report);
      all &= good;
      verdicts.add("  %-24s %s".formatted(run.name(), good ? "as it must" : "NOT AS IT MUST"));
    }
    out.println(word());
    verdicts.forEach(out::println);
    return all;
  }

  private static DemoOptions standard(long seed) {
    return DemoOptions.standard(seed, Optional.empty());
  }

  private static Run sabotage(Sabotage how, String promise) {
    DemoOptions options = standard(7).sized(40_000, 60).sabotaged(how);
    return new Run(how.toString(), options, Optional.of(promise));
  }
}
