// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import java.io.PrintStream;
import java.nio.file.Path;

/**
 * {@code bench engine}: what a count record costs the role that keeps budgets, exactly once; then
 * its memory, its delay and its return after SIGKILL with all budgets loaded.
 */
public final class EngineBench {

  /** As evaluation calls itself. */
  static final String GROUP = "nines-evaluation";

  private final Path home;
  private final EngineOptions options;
  private final Teller teller;
  private final String commit;

  public EngineBench(Path home, EngineOptions options, PrintStream out) {
    this.home = home;
    this.options = options;
    this.teller = new Teller(out);
    commit = Machine.commit(home);
  }

  /**
   * True when every goal is reached.
   *
   * @throws BenchFailedException when there are no figures
   */
  public boolean run() {
    Cores.takeOthers();
    teller.say("Counts to budgets, on %s, commit %s", Machine.name(), commit);
    teller.say(
        "Pinned: the engine on core %d; broker, feed and readers on core %d; both for a start after SIGKILL",
        Cores.SUBJECT, Cores.OTHERS);
    Scores scores = new Scores("engine", teller, commit);
    new EngineThroughput(home, options, teller).measure(scores);
    new EngineLoaded(home, options, teller).measure(scores);
    return scores.conclude(options.report());
  }
}
