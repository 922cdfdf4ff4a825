// SPDX-License-Identifier: Apache-2.0
package dev.nines.oracle;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** {@code ./nines prove oracle}: many random streams, each through the engine and brute force. */
public final class OracleProof {

  public static final String WORD = "oracle";

  /** Of each scenario. */
  public static final int SEEDS = 50;

  private final int seeds;
  private final PrintStream out;

  public OracleProof(int seeds, PrintStream out) {
    this.seeds = seeds;
    this.out = out;
  }

  /** Every number of every stream is the same. */
  public boolean holds() throws IOException {
    long numbers = 0;
    int pages = 0;
    int wrong = 0;
    for (Scenario scenario : Scenario.ALL) {
      for (long seed = 1; seed <= seeds; seed++) {
        Comparison compared = compare(scenario, seed);
        numbers += compared.numbers();
        pages += compared.pages();
        wrong += compared.differences().isEmpty() ? 0 : 1;
        compared.differences().forEach(out::println);
      }
      out.println(scenario.zone() + ": " + seeds + " streams");
    }
    out.printf(
        "%d streams, %,d numbers, %,d alerts opened; %d streams differ from brute force%n",
        Scenario.ALL.size() * seeds, numbers, pages, wrong);
    return wrong == 0 && pages > 0;
  }

  private static Comparison compare(Scenario scenario, long seed) throws IOException {
    Path folder = Files.createTempDirectory("nines-oracle");
    try {
      return Run.of(scenario, seed, folder);
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
