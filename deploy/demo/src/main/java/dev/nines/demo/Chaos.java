// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.nines.demo.stage.Installation;
import dev.nines.demo.stage.Provider;
import dev.nines.demo.truth.DuePage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code ./nines chaos}: the shop's bad day, while processes and stores are killed at random. */
public final class Chaos {

  private static final long SPANS_PER_MINUTE = 12_000;

  /** What a killed process may do: a region that comes and goes is seen as it happens. */
  private static final Set<Character> PROMISES = Set.of('1', '2', '5', '6', '7');

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Installation nines;
  private final DemoOptions options;
  private final double minutes;
  private final Screen screen;

  public Chaos(Path home, double minutes, long seed, Optional<Path> report, PrintStream out) {
    this.nines = new Installation(home);
    this.minutes = minutes;
    this.options =
        DemoOptions.standard(seed, report)
            .sized(Math.round(minutes * SPANS_PER_MINUTE), Math.round(minutes * 60))
            .withApart(Theatre.STREAM_ROLES);
    this.screen = new Screen(out, false, Instant.now());
  }

  /** Nothing broke when {@link ChaosReport#brokenPromises} is empty. */
  public ChaosReport run() throws IOException {
    Path folder = Files.createTempDirectory("nines-chaos-");
    screen.title(
        "Nines chaos, seed %d: %.1f min of load and SIGKILL; files are in %s"
            .formatted(options.seed(), minutes, folder));
    ChaosReport report = perform(folder);
    if (options.report().isPresent()) {
      JSON.writeValue(options.report().get().toFile(), report);
    }
    screen.lines(lines(report));
    return report;
  }

  private ChaosReport perform(Path folder) throws IOException {
    Siege siege = new Siege(nines, options, screen);
    Siege.Outcome outcome =
        siege.run(folder, theatre -> Killer.ofEverything(theatre, options.seed(), screen));
    List<String> broken = new ArrayList<>(outcome.killer().troubles());
    outcome.verdict().broken().stream()
        .filter(line -> PROMISES.contains(line.charAt(0)) || line.startsWith("the run"))
        .forEach(broken::add);
    broken.addAll(outcome.points().broken());
    return report(outcome, List.copyOf(broken));
  }

  private ChaosReport report(Siege.Outcome outcome, List<String> broken) {
    Observation seen = outcome.seen();
    List<DuePage> due = outcome.due();
    Report.Spans spans = Tables.spans(outcome.log(), seen, outcome.verdict());
    Report.Metrics pointCounts = Tables.metrics(outcome.points());
    return new ChaosReport(
        minutes,
        options.seed(),
        outcome.killer().kills(),
        spans.acknowledged() + pointCounts.pointsAcknowledged(),
        spans.lost() + pointCounts.lost(),
        spans.duplicated() + pointCounts.duplicated(),
        spans.unknown(),
        seen.residual(),
        due.stream().filter(DuePage::owed).count(),
        lost(due, seen.pages()),
        repeats(seen.pages()),
        broken);
  }

  private static long lost(List<DuePage> due, List<Provider.Page> pages) {
    Set<String> paged = new HashSet<>();
    pages.stream()
        .filter(page -> page.event().equals("trigger"))
        .forEach(page -> paged.add(page.slo()));
    return due.stream().filter(page -> page.owed() && !paged.contains(page.slo())).count();
  }

  private static long repeats(List<Provider.Page> pages) {
    Set<String> keys = new HashSet<>();
    return pages.stream()
        .filter(page -> !keys.add(page.idempotencyKey()))
        .filter(page -> !page.body().path("mayBeRepeat").asBoolean())
        .count();
  }

  private static List<String> lines(ChaosReport report) {
    List<String> lines = new ArrayList<>();
    lines.add("  killed " + report.kills());
    lines.add(
        "  %,d spans and points acknowledged: %d lost, %d duplicated; residual %d; %,d spans of unknown outcome"
            .formatted(
                report.acknowledged(),
                report.lost(),
                report.duplicated(),
                report.residual(),
                report.unknown()));
    lines.add(
        "  %d pages owed: %d lost; %d sent twice unmarked"
            .formatted(
                report.pagesExpected(), report.pagesLost(), report.pagesDuplicatedUnmarked()));
    report.brokenPromises().forEach(line -> lines.add("  BROKEN  " + line));
    lines.add(report.brokenPromises().isEmpty() ? "  Every promise held." : "  NOT AS IT MUST");
    return lines;
  }
}
