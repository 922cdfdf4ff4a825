// SPDX-License-Identifier: Apache-2.0
package dev.nines.backtest;

import dev.nines.objectives.BurnPolicy.Severity;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** An outcome for people, on 100 columns. */
public record OutcomeTable(PrintStream out) {

  private static final String NOTHING = "–";
  private static final String FORMAT = "%-29s %4s  %7s %6s  %7s %6s  %7s %7s  %7s %7s%n";
  private static final String TITLE = "%-29s %4s  %14s  %14s  %15s  %15s%n";

  /**
   * @param bySlo a line for each SLO too that had an alert or a case
   */
  public void print(Outcome outcome, boolean bySlo) {
    for (Severity severity : Severity.values()) {
      Map<String, Score> over = outcome.over(severity);
      if (!over.isEmpty()) {
        title(severity);
        over.forEach(
            (policies, score) -> {
              line(policies, score);
              if (bySlo) {
                outcome.rows().stream()
                    .filter(row -> row.severity() == severity && row.policies().equals(policies))
                    .filter(row -> row.score().alerts() + row.score().cases() > 0)
                    .forEach(row -> line(" " + row.slo(), row.score()));
              }
            });
        out.println();
      }
    }
    outcome
        .left()
        .forEach(
            (why, slos) ->
                out.println(
                    "left out for %d SLO%s, %s".formatted(slos, slos == 1 ? "" : "s", why)));
    witness(outcome.witness());
  }

  private void title(Severity severity) {
    String name = severity.name().toLowerCase(Locale.ROOT) + "s";
    out.printf(TITLE, name, "SLOs", "precision", "recall", "detection", "reset");
    out.printf(FORMAT, "", "", "", "", "", "", "median", "worst", "median", "worst");
  }

  private void line(String name, Score score) {
    out.printf(
        FORMAT,
        name,
        score.slos(),
        counts(score.right(), score.alerts()),
        share(score.right(), score.alerts()),
        counts(score.detected(), score.cases()),
        share(score.detected(), score.cases()),
        time(Score.median(score.detections())),
        time(Score.worst(score.detections())),
        time(Score.median(score.resets())),
        worstReset(score));
  }

  /** An alert that was still open had no reset yet, and the worst one is not known. */
  private static String worstReset(Score score) {
    return score.open() == 0 ? time(Score.worst(score.resets())) : score.open() + " open";
  }

  private void witness(Witness witness) {
    if (witness.told() > 0) {
      out.println(
          "declared: %d of the %d alerts told live are played, of %d in all; openings at most %s apart"
              .formatted(witness.same(), witness.told(), witness.played(), exact(witness.apart())));
    }
  }

  private static String counts(int part, int all) {
    return all == 0 ? NOTHING : part + "/" + all;
  }

  private static String share(int part, int all) {
    return all == 0
        ? ""
        : BigDecimal.valueOf(part)
                .movePointRight(2)
                .divide(BigDecimal.valueOf(all), 1, RoundingMode.HALF_UP)
            + "%";
  }

  private static String time(Optional<Duration> time) {
    return time.map(OutcomeTable::shown).orElse(NOTHING);
  }

  /** Seconds with a tenth below two minutes, then minutes, then hours. */
  private static String shown(Duration time) {
    if (time.compareTo(Duration.ofMinutes(2)) < 0) {
      return "%d.%d s".formatted(time.toSeconds(), time.toMillisPart() / 100);
    }
    return time.compareTo(Duration.ofHours(2)) < 0
        ? "%dm %02ds".formatted(time.toMinutes(), time.toSecondsPart())
        : "%dh %02dm".formatted(time.toHours(), time.toMinutesPart());
  }

  private static String exact(Duration time) {
    return BigDecimal.valueOf(time.toMillis(), 3).toPlainString() + " s";
  }
}
