// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** The runs of one subject in one case, each in spans per CPU-second. */
record Measured(String subject, List<Double> runs) {

  Measured(String subject) {
    this(subject, new ArrayList<>());
  }

  void add(double run) {
    runs.add(run);
  }

  Spread spansPerCpuSecond() {
    return Spread.of(runs);
  }
}
