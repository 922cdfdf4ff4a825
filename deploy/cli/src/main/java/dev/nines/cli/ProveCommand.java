// SPDX-License-Identifier: Apache-2.0
package dev.nines.cli;

import dev.nines.benchmarks.overload.Overload;
import dev.nines.demo.EngineKills;
import dev.nines.demo.Proof;
import dev.nines.oracle.OracleProof;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One long proof; the README lists them with their durations. */
@Command(
    name = "prove",
    description =
        "Run one long proof: demo-seeds, demo-kills, demo-sabotage, fuzz, engine-kills, oracle, overload.",
    mixinStandardHelpOptions = true)
final class ProveCommand implements Callable<Integer> {

  private static final int UNKNOWN = 2;

  @Parameters(
      paramLabel = "NAME",
      description = "demo-seeds, demo-kills, demo-sabotage, fuzz, engine-kills, oracle, overload")
  private String name = "";

  @Option(
      names = "--minutes",
      defaultValue = "10",
      description = "Of engine-kills: how long (${DEFAULT-VALUE}).")
  private double minutes;

  @Option(names = "--seed", description = "Of engine-kills: drawn when absent.")
  private @Nullable Long seed;

  @Override
  public Integer call() throws IOException {
    if (name.equals(Overload.WORD)) {
      return new Overload(Home.folder(), System.out).holds() ? 0 : 1;
    }
    if (name.equals(OracleProof.WORD)) {
      return new OracleProof(OracleProof.SEEDS, System.out).holds() ? 0 : 1;
    }
    if (name.equals(EngineKills.WORD)) {
      long drawn = seed == null ? new SecureRandom().nextLong(1_000, 1_000_000) : seed;
      return new EngineKills(Home.folder(), minutes, drawn, System.out).holds() ? 0 : 1;
    }
    Optional<Proof> proof = Proof.named(name);
    if (proof.isEmpty()) {
      System.err.println(
          "nines: no proof '%s'; there are %s, %s, %s, %s"
              .formatted(name, Proof.words(), EngineKills.WORD, OracleProof.WORD, Overload.WORD));
      return UNKNOWN;
    }
    return proof.get().holds(Home.folder(), System.out) ? 0 : 1;
  }
}
