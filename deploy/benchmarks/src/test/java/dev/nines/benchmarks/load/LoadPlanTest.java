// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoadPlanTest {

  @Test
  void theGeneratorsProcessGetsThePlanWhole() {
    LoadPlan plan = new LoadPlan(4317, 4_194_304, Encoding.GZIP, 50_000, 2, 10);
    assertThat(LoadPlan.parse(plan.arguments().toArray(String[]::new))).isEqualTo(plan);
  }
}
