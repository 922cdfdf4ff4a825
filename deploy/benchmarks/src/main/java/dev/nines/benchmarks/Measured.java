// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import dev.nines.benchmarks.load.LoadResult;
import java.util.ArrayList;
import java.util.List;

/** The runs of one subject with one encoding. */
record Measured(String subject, List<LoadResult> runs) {

  Measured(String subject) {
    this(subject, new ArrayList<>());
  }

  void add(LoadResult run) {
    runs.add(run);
  }

  Spread spansPerCpuSecond() {
    return Spread.of(runs.stream().map(LoadResult::spansPerCpuSecond).toList());
  }
}
