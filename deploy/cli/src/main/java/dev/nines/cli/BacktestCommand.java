// SPDX-License-Identifier: Apache-2.0
package dev.nines.cli;

import dev.nines.backtest.Backtest;
import dev.nines.backtest.Outcome;
import dev.nines.backtest.OutcomeReport;
import dev.nines.backtest.OutcomeTable;
import dev.nines.backtest.Score;
import dev.nines.backtest.history.Entry.Incident;
import dev.nines.backtest.history.History;
import dev.nines.objectives.BurnPolicy.Severity;
import dev.nines.objectives.openslo.DurationText;
import dev.nines.objectives.openslo.PolicySet;
import dev.nines.objectives.openslo.PolicySetReader;
import dev.nines.objectives.openslo.PolicySetReader.ParsedSets;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which alert policies would have told what. */
@Command(
    name = "backtest",
    description = "Hold alert policies against a recorded history and its labelled incidents.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class BacktestCommand implements Callable<Integer> {

  private static final int BELOW = 1;
  static final int UNREADABLE = 2;

  @Parameters(paramLabel = "HISTORY", description = "File from slo record, or demo --record")
  private Path file = Path.of("");

  @Option(
      names = "--policies",
      paramLabel = "FILE",
      description = "Sets of policies (YAML), beside the ones declared and the known ones.")
  private List<Path> policies = List.of();

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "Incidents that really happened, one a line, beside those in the history.")
  private List<Path> labels = List.of();

  @Option(names = "--slo", paramLabel = "NAME", description = "This SLO alone; may be repeated.")
  private Set<String> slos = Set.of();

  @Option(
      names = "--grace",
      defaultValue = "1m",
      description = "After its end an alert is still about an incident (${DEFAULT-VALUE}).")
  private String grace = "1m";

  @Option(names = "--by-slo", description = "A line for each SLO too.")
  private boolean bySlo;

  @Option(names = "--report", paramLabel = "FILE", description = "Write the result as JSON lines.")
  private @Nullable Path report;

  @Option(
      names = "--min-precision",
      paramLabel = "SHARE",
      defaultValue = "0",
      description = "Of the pages declared, such as 0.9: exit code 1 below it.")
  private BigDecimal minPrecision = BigDecimal.ZERO;

  @Option(
      names = "--min-recall",
      paramLabel = "SHARE",
      defaultValue = "0",
      description = "Of the pages declared: exit code 1 below it.")
  private BigDecimal minRecall = BigDecimal.ZERO;

  /** 0 done, 1 the pages declared are below what is asked for, 2 a file cannot be read. */
  @Override
  public Integer call() {
    try {
      Optional<Duration> after = DurationText.parse(grace);
      List<String> wrong = new ArrayList<>();
      if (after.isEmpty()) {
        wrong.add("--grace " + grace + " is no length of time, such as 1m");
      }
      List<PolicySet> sets = sets(wrong);
      History history = History.open(file);
      slos.stream()
          .filter(name -> !defines(history, name))
          .forEach(name -> wrong.add("--slo " + name + ": the history has no such SLO"));
      if (!wrong.isEmpty()) {
        wrong.forEach(line -> System.err.println("nines: " + line));
        return UNREADABLE;
      }
      return run(history, sets, after.get());
    } catch (IOException e) {
      return unreadable(e);
    }
  }

  private int run(History history, List<PolicySet> sets, Duration after) throws IOException {
    List<Incident> incidents = new ArrayList<>(history.incidents());
    for (Path each : labels) {
      incidents.addAll(History.incidents(each));
    }
    Backtest backtest = new Backtest(history, sets, incidents, slos, after);
    System.out.println(backtest.subject());
    System.out.println();
    Outcome outcome = backtest.run();
    new OutcomeTable(System.out).print(outcome, bySlo);
    if (report != null) {
      OutcomeReport.write(outcome, report);
    }
    return enough(outcome) ? 0 : BELOW;
  }

  private boolean enough(Outcome outcome) {
    Optional<Score> pages = outcome.declared(Severity.PAGE);
    boolean enough = pages.filter(s -> s.precise(minPrecision) && s.recalls(minRecall)).isPresent();
    boolean asked = minPrecision.signum() > 0 || minRecall.signum() > 0;
    if (asked && !enough) {
      System.out.println("The pages declared are below what is asked for.");
    }
    return !asked || enough;
  }

  /** The known ones, and those of the files; a name of a file replaces a known one. */
  private List<PolicySet> sets(List<String> wrong) throws IOException {
    List<PolicySet> given = new ArrayList<>();
    Set<String> names = new HashSet<>(Set.of(Outcome.DECLARED));
    for (Path each : policies) {
      ParsedSets parsed = PolicySetReader.read(each.toString(), Files.readString(each));
      parsed.violations().forEach(violation -> wrong.add(violation.toString()));
      for (PolicySet set : parsed.sets()) {
        if (!names.add(set.name())) {
          wrong.add(each + ": a second set is '" + set.name() + "'");
        }
        given.add(set);
      }
    }
    List<PolicySet> sets =
        new ArrayList<>(
            PolicySetReader.builtIn().stream()
                .filter(known -> !names.contains(known.name()))
                .toList());
    sets.addAll(given);
    return sets;
  }

  private static boolean defines(History history, String slo) {
    return history.generations().stream()
        .flatMap(generation -> generation.slos().stream())
        .anyMatch(each -> each.id().name().equals(slo) && !each.id().isComponent());
  }

  static int unreadable(IOException e) {
    String reason =
        e instanceof NoSuchFileException absent
            ? "there is no file " + absent.getFile()
            : String.valueOf(e.getMessage());
    System.err.println("nines: " + reason);
    return UNREADABLE;
  }
}
