// SPDX-License-Identifier: Apache-2.0
package dev.nines.backtest;

import dev.nines.objectives.BurnPolicy.Severity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * @param rows one a candidate, severity and SLO that it has policies for
 * @param left why policies were left out, with the number of SLOs
 * @param witness what was declared, beside what the platform told
 */
public record Outcome(List<Row> rows, Map<String, Integer> left, Witness witness) {

  /** Name of what each SLO declares, beside those of the sets. */
  public static final String DECLARED = "declared";

  /**
   * @param slo its name
   */
  record Row(String policies, Severity severity, String slo, Score score) {}

  /** What is declared, over all SLOs; empty when nothing of this severity is. */
  public Optional<Score> declared(Severity severity) {
    return Optional.ofNullable(over(severity).get(DECLARED));
  }

  /** Over all SLOs: candidate and severity in their order. */
  Map<String, Score> over(Severity severity) {
    Map<String, Score> sums = new LinkedHashMap<>();
    for (Row row : rows) {
      if (row.severity() == severity) {
        sums.merge(row.policies(), row.score(), Score::plus);
      }
    }
    return sums;
  }
}
