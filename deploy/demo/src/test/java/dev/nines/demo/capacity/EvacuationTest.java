// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nines.demo.capacity.Evacuation.Steering;
import dev.nines.demo.truth.SentSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The published example: three regions at three times of day, 90, 60, 40 and so on requests per
 * second. Adding up peaks asks for 382.5; an even split needs 340, a proportional one 367.338.
 */
class EvacuationTest {

  private static final List<String> REGIONS = List.of("use1", "usw2", "euw1");
  private static final int[][] RATES = {{90, 60, 40}, {50, 80, 60}, {40, 50, 85}};

  private final Evacuation plan =
      new Evacuation(AskedFor.of(spans().stream()), REGIONS, List.of(0L, 10L, 20L), 1, 0);

  @Test
  void anEvenSplit() {
    Map<String, Double> needs = plan.needs("web", Steering.EVEN);
    assertThat(needs).containsEntry("use1", 115.0).containsEntry("usw2", 110.0);
    assertThat(needs).containsEntry("euw1", 115.0);
  }

  @Test
  void aProportionalSplit() {
    Map<String, Double> needs = plan.needs("web", Steering.PROPORTIONAL);
    assertThat(needs.get("use1")).isCloseTo(124.615, within(0.001));
    assertThat(needs.get("usw2")).isCloseTo(116.923, within(0.001));
    assertThat(needs.get("euw1")).isCloseTo(125.8, within(0.001));
  }

  private static List<SentSpan> spans() {
    List<SentSpan> spans = new ArrayList<>();
    for (int region = 0; region < RATES.length; region++) {
      for (int bucket = 0; bucket < RATES[region].length; bucket++) {
        long end = bucket * 10_000_000_000L + 5;
        for (int i = 0; i < RATES[region][bucket] * 10; i++) {
          spans.add(span(REGIONS.get(region), end));
        }
      }
    }
    return spans;
  }

  private static SentSpan span(String region, long end) {
    return new SentSpan("k", "b", region, "web", "GET /", "SERVER", 0, end, false, Map.of());
  }
}
