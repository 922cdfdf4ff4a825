// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo;

import dev.nines.demo.DemoOptions.Story;
import dev.nines.demo.Killer.Outage;
import dev.nines.demo.stage.Installation;
import dev.nines.demo.truth.Count;
import dev.nines.demo.truth.DuePage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code ./nines prove engine-kills}: the engine gets SIGKILL at random while one region after the
 * other has a bad deploy. Counts must be the shop's own, and each page that is owed must come once,
 * at most 30 s after the batch that made its policy true was acknowledged.
 */
public final class EngineKills {

  public static final String WORD = "engine-kills";

  private static final String ENGINE = "engine";
  private static final long SPANS_PER_MINUTE = 24_000;
  private static final Duration LATEST = Duration.ofSeconds(30);

  private final Installation nines;
  private final DemoOptions options;
  private final double minutes;
  private final Screen screen;

  public EngineKills(Path home, double minutes, long seed, PrintStream out) {
    this.nines = new Installation(home);
    this.minutes = minutes;
    this.options =
        DemoOptions.standard(seed, Optional.empty())
            .sized(Math.round(minutes * SPANS_PER_MINUTE), Math.round(minutes * 60))
            .withApart(List.of(ENGINE))
            .telling(Story.DEPLOYS);
    this.screen = new Screen(out, false, Instant.now());
  }

  /** Performs it; true when everything came out as it must. */
  public boolean holds() throws IOException {
    Path folder = Files.createTempDirectory("nines-engine-kills-");
    screen.title(
        "Nines engine-kills, seed %d: %.1f min of load and SIGKILL of the engine; files are in %s"
            .formatted(options.seed(), minutes, folder));
    Siege.Outcome outcome =
        new Siege(nines, options, screen)
            .run(folder, theatre -> Killer.ofRole(ENGINE, theatre, options.seed(), screen));
    List<String> broken = broken(outcome);
    screen.lines(lines(outcome));
    broken.forEach(line -> screen.lines(List.of("  BROKEN  " + line)));
    screen.lines(List.of(broken.isEmpty() ? "  Every promise held." : "  NOT AS IT MUST"));
    return broken.isEmpty();
  }

  private List<String> broken(Siege.Outcome outcome) {
    List<String> broken = new ArrayList<>(outcome.killer().troubles());
    broken.addAll(outcome.verdict().broken());
    broken.addAll(outcome.points().broken());
    int kills = outcome.killer().outages().size();
    if (kills < minutes) {
      broken.add("the run: the engine was ready again after %d kills only".formatted(kills));
    }
    broken.addAll(pages(outcome).broken(LATEST));
    return broken;
  }

  /** A region has one bad deploy and no other fault. */
  private static OwedPages pages(Siege.Outcome outcome) {
    return new OwedPages(
        outcome.due(),
        outcome.seen().pages(),
        Theatre.REGIONS.stream().map(RegionalObjectives::of).collect(Collectors.toSet()));
  }

  private static List<String> lines(Siege.Outcome outcome) {
    List<String> lines = new ArrayList<>();
    List<Outage> outages = outcome.killer().outages();
    lines.add("");
    lines.add(
        "  The engine was killed %d times, and was ready again %d times, after %.1f s at most"
            .formatted(
                outcome.killer().kills().getOrDefault(ENGINE, 0),
                outages.size(),
                outages.stream().mapToLong(each -> each.length().toMillis()).max().orElse(0)
                    / 1_000.0));
    Report.Spans spans = Tables.spans(outcome.log(), outcome.seen(), outcome.verdict());
    lines.add(
        "  %,d spans acknowledged: %d lost, %d duplicated"
            .formatted(spans.acknowledged(), spans.lost(), spans.duplicated()));
    lines.add(
        "  %d of %d budgets, and %d of their ledgers, are what the shop counted"
            .formatted(
                exact(outcome.counts(), outcome.seen().status()),
                outcome.counts().values().stream().mapToInt(Map::size).sum(),
                exact(outcome.counts(), outcome.seen().ledger())));
    lines.add("  Pages owed, from the acknowledgement of the batch that made the policy true");
    OwedPages pages = pages(outcome);
    for (DuePage page : pages.due()) {
      boolean away = outages.stream().anyMatch(each -> each.has(page.earliest()));
      lines.add(line(page, pages) + (away ? ", the engine was away" : ""));
    }
    return lines;
  }

  private static String line(DuePage page, OwedPages pages) {
    return pages.came(page.slo()).isEmpty()
        ? "    %-28s never came".formatted(page.slo())
        : "    %-28s %,8d ms".formatted(page.slo(), pages.overhead(page).toMillis());
  }

  private static long exact(
      Map<String, Map<String, Count>> truth, Map<String, Map<String, Count>> engine) {
    long exact = 0;
    for (Map.Entry<String, Map<String, Count>> slo : truth.entrySet()) {
      Map<String, Count> found = engine.getOrDefault(slo.getKey(), Map.of());
      for (Map.Entry<String, Count> scope : slo.getValue().entrySet()) {
        exact += found.getOrDefault(scope.getKey(), Count.NONE).equals(scope.getValue()) ? 1 : 0;
      }
    }
    return exact;
  }
}
