// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sloth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.BurnPolicy;
import dev.nines.objectives.openslo.OpenSlo;
import dev.nines.objectives.openslo.SloDefinition;
import dev.nines.objectives.openslo.Source;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An imported SLO of 99.9 % over 30 days finds an outage when the SRE workbook says: even traffic,
 * second by second, that fails at one rate after days without failures. Tenths of a per cent of the
 * 1,000 events of a second are whole events.
 */
class DetectionTest {

  private static final String SPEC =
      """
      version: prometheus/v1
      service: shop
      slos:
        - name: availability
          objective: 99.9
          sli:
            events:
              error_query: sum(rate(a_total[{{.window}}]))
              total_query: sum(rate(b_total[{{.window}}]))
          alerting: {name: Fails}
      """;
  private static final int EVENTS = 1_000;
  private static final int OUTAGE_SECONDS = 3 * 86_400;

  /** Minutes after the beginning of four policies, of the workbook's arithmetic. */
  @ParameterizedTest
  @CsvSource({
    "1000, 0.864, 2.16, 4.32, 4.32",
    "150, 5.76, 14.4, 28.8, 28.8",
    "20, 43.2, 108, 216, 216",
    "10, never, 216, 432, 432",
    "5, never, never, 864, 864",
    "2, never, never, never, 2160",
  })
  void theImportedWindowsDetectAsTheWorkbookSays(
      int badOfThousand, String first, String second, String third, String fourth) {
    SloDefinition slo =
        OpenSlo.read(
                "a",
                SlothImport.read(List.of(new Source("a.yml", SPEC)), Optional.empty(), 30).yaml())
            .slos()
            .getFirst();
    List<String> minutes = List.of(first, second, third, fourth);
    for (int i = 0; i < minutes.size(); i++) {
      long found = detectedAfter(slo.policies().get(i), slo.target(), badOfThousand);
      long expected = minutes.get(i).equals("never") ? -1 : secondsAbove(minutes.get(i));
      assertThat(found).as(slo.policies().get(i).name()).isEqualTo(expected);
    }
  }

  /** The first whole second at which the burn rate is above the factor, not at it. */
  private static long secondsAbove(String minutes) {
    return new BigDecimal(minutes).multiply(BigDecimal.valueOf(60)).longValue() + 1;
  }

  private static long detectedAfter(BurnPolicy policy, BigDecimal target, int badOfThousand) {
    for (int second = 1; second <= OUTAGE_SECONDS; second++) {
      if (above(policy.longWindow().toSeconds(), policy, target, second, badOfThousand)
          && above(policy.shortWindow().toSeconds(), policy, target, second, badOfThousand)) {
        return second;
      }
    }
    return -1;
  }

  private static boolean above(
      long window, BurnPolicy policy, BigDecimal target, int second, int badOfThousand) {
    BigDecimal bad = BigDecimal.valueOf(Math.min(window, second) * badOfThousand);
    BigDecimal all = BigDecimal.valueOf(window * EVENTS);
    BigDecimal budget = BigDecimal.ONE.subtract(target);
    return bad.compareTo(policy.factor().multiply(budget).multiply(all)) > 0;
  }
}
