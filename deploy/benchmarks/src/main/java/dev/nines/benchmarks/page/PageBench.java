// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks.page;

import dev.nines.benchmarks.Machine;
import dev.nines.benchmarks.Report;
import dev.nines.benchmarks.Teller;
import dev.nines.benchmarks.page.PrometheusPages.Round;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;

/**
 * {@code bench page}: services with clean history fail totally, and a page comes; how long after
 * the instant at which the arithmetic of the policy held. Each has an SLO of 99.9 % over 30 days
 * with the pages of the SRE workbook: at uniform traffic 51.84 s after its outage began.
 */
public final class PageBench {

  private static final Duration HISTORY = Duration.ofMinutes(75);

  /**
   * Prometheus takes a window as long as its data are. With 75 min of them its page over 6 h would
   * come after 27 s: 0.6 % of 75 min.
   */
  private static final Duration PEER_HISTORY = Duration.ofMinutes(375);

  /** Four rounds of its slowest rules. */
  private static final Duration PEER_CLEAN = Duration.ofSeconds(120);

  private final Path home;
  private final PageOptions options;
  private final Teller teller;
  private final PageOutcome outcome = new PageOutcome();
  private final InstantSource clock = InstantSource.system();

  public PageBench(Path home, PageOptions options, PrintStream out) {
    this.home = home;
    this.options = options;
    this.teller = new Teller(out);
  }

  /**
   * True when every goal is reached.
   *
   * @throws dev.nines.benchmarks.BenchFailedException when there are no figures
   */
  public boolean run() {
    long began = System.nanoTime();
    String commit = Machine.commit(home);
    teller.say("From a policy that holds to its page, on %s, commit %s", Machine.name(), commit);
    options.slos().forEach(this::ours);
    if (!options.peerSlos().isEmpty()) {
      Programs programs = Programs.find();
      teller.say("Peer: %s", programs.versions());
      outcome.peer(programs.versions());
      options.peerSlos().forEach(slos -> peer(programs, slos));
    }
    teller.say("");
    outcome.lines().forEach(line -> teller.say("%s", line));
    List<String> missed = outcome.missed();
    missed.forEach(line -> teller.say("  MISSED %s", line));
    teller.say(missed.isEmpty() ? "Every goal is reached." : "Not every goal is reached.");
    teller.say("It took %d min.", Duration.ofNanos(System.nanoTime() - began).toMinutes());
    options
        .report()
        .ifPresent(file -> new Report(file).append(outcome.figures(Machine.name(), commit)));
    return missed.isEmpty();
  }

  private void ours(int slos) {
    Schedule schedule = new Schedule(HISTORY, options.clean());
    NinesPages pages = new NinesPages(home, schedule, teller, clock);
    int failing = Math.min(slos, options.failing());
    for (int run = 0; run < (slos == 1 ? options.ones() : 1); run++) {
      teller.say("  nines: SLOs loaded %,d, burning %,d", slos, failing);
      PageResult result = pages.run(slos, failing);
      teller.say("    %s", result.sinceAcknowledged());
      outcome.ours(slos, result);
    }
  }

  private void peer(Programs programs, int slos) {
    int failing = Math.min(slos, options.failing());
    List<Setting> all = Arrays.asList(Setting.values());
    List<Round> rounds =
        slos == 1
            ? List.of(new Round(all, options.ones(), 1, 1))
            : all.stream().map(one -> new Round(List.of(one), 1, slos, failing)).toList();
    Schedule schedule = new Schedule(PEER_HISTORY, PEER_CLEAN);
    for (Round round : rounds) {
      teller.say(
          "  %d of each of %s: SLOs loaded %,d, burning %,d",
          round.installations(), round.settings(), slos, failing);
      PrometheusPages.run(programs, schedule, teller, clock, round)
          .forEach(
              (setting, overheads) -> {
                teller.say("    %s: %s", setting.subject(), overheads);
                outcome.peer(slos, setting, overheads);
              });
    }
  }
}
