// SPDX-License-Identifier: Apache-2.0
package dev.nines.backtest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nines.objectives.BurnPolicy.Severity;
import dev.nines.transport.JsonSerde;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An outcome for programs: JSON lines, one a candidate and severity, and one for each SLO. */
public final class OutcomeReport {

  private static final JsonSerde<Line> JSON = new JsonSerde<>(Line.class);

  private OutcomeReport() {}

  /**
   * @param severity page or ticket
   * @param slo null where the line is over all SLOs
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Line(
      String policies,
      String severity,
      @Nullable String slo,
      int slos,
      int alerts,
      int right,
      int cases,
      int detected,
      Times detectionMillis,
      Times resetMillis,
      int open) {}

  /** Null where nothing was detected, or nothing was reset. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Times(@Nullable Long median, @Nullable Long worst) {

    static Times of(List<Duration> times) {
      return new Times(millis(Score.median(times)), millis(Score.worst(times)));
    }

    private static @Nullable Long millis(Optional<Duration> time) {
      return time.map(Duration::toMillis).orElse(null);
    }
  }

  public static void write(Outcome outcome, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      for (Severity severity : Severity.values()) {
        for (var over : outcome.over(severity).entrySet()) {
          write(out, line(over.getKey(), severity, null, over.getValue()));
        }
      }
      for (Outcome.Row row : outcome.rows()) {
        write(out, line(row.policies(), row.severity(), row.slo(), row.score()));
      }
    }
  }

  private static Line line(String policies, Severity severity, @Nullable String slo, Score score) {
    return new Line(
        policies,
        severity.name().toLowerCase(Locale.ROOT),
        slo,
        score.slos(),
        score.alerts(),
        score.right(),
        score.cases(),
        score.detected(),
        Times.of(score.detections()),
        Times.of(score.resets()),
        score.open());
  }

  private static void write(OutputStream out, Line line) throws IOException {
    out.write(JSON.write(line));
    out.write('\n');
  }
}
