// SPDX-License-Identifier: Apache-2.0
package dev.nines.capacity.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** Against the definition written down plainly, on series with gaps. */
class ProfileTimesLevelTest {

  private static final int WEEK = 168;

  @Test
  void theLineIsThatOfTheDefinition() {
    for (int round = 0; round < 20; round++) {
      Random random = new Random(round);
      int weeks = 4 + random.nextInt(7);
      double[] values = new double[weeks * WEEK + random.nextInt(WEEK)];
      Arrays.setAll(
          values,
          h ->
              random.nextInt(30) == 0
                  ? Double.NaN
                  : (50 + h % 24) * (1 + h / 2_000.0) * random.nextDouble(0.5, 2));
      ProfileTimesLevel fit = ProfileTimesLevel.fit(values, values.length).orElseThrow();
      for (int ahead : new int[] {0, 1, 23, 24, 167, 168, 400, 671}) {
        assertThat(fit.at(ahead))
            .as("round %d, %d ahead", round, ahead)
            .isCloseTo(definition(values, ahead), Percentage.withPercentage(1e-9));
      }
    }
  }

  private static double definition(double[] values, int ahead) {
    int weeks = Math.min(8, values.length / WEEK);
    int begin = values.length - weeks * WEEK;
    List<Double> levels = new ArrayList<>();
    List<Double> shares = new ArrayList<>();
    for (int w = 0; w < weeks; w++) {
      int first = begin + w * WEEK;
      double level = median(IntStream.range(first, first + WEEK).mapToObj(i -> values[i]).toList());
      levels.add(level);
      shares.add(values[first + ahead % WEEK] / level);
    }
    List<Double> slopes = new ArrayList<>();
    for (int i = 0; i < weeks; i++) {
      for (int j = 0; j < i; j++) {
        slopes.add((levels.get(i) - levels.get(j)) / (i - j));
      }
    }
    double slope = median(slopes);
    double now = median(List.of(levels.get(weeks - 1), levels.get(weeks - 2) + slope));
    double growth = 0;
    for (int week = 1; week <= 1 + ahead / WEEK; week++) {
      growth += Math.pow(0.8, week);
    }
    return (now + slope * growth) * median(shares);
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().filter(v -> !v.isNaN()).sorted().toList();
    int size = sorted.size();
    return (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
  }
}
