// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.benchmarks.page.Earliest.Arrival;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EarliestTest {

  private static final long MINUTE = 60_000;
  private static final long HISTORY = 75 * MINUTE;

  /** A boundary of slices. */
  private static final long OUTAGE = 1_000_000 * 10_000L;

  private static Service failing(long everyMillis) {
    Service service = new Service(0, everyMillis);
    service.failFrom(OUTAGE);
    return service;
  }

  /** 0.0144 of an hour are 51.84 s: of 36,000 requests 518.4, of 3,600 requests 51.84. */
  @Test
  void atUniformTrafficItIsAfter51Point84Seconds() {
    assertThat(new Earliest(OUTAGE - HISTORY).byEvents(failing(100), OUTAGE + HISTORY))
        .hasValue(OUTAGE + 51_800);
    assertThat(new Earliest(OUTAGE - HISTORY).byEvents(failing(1_000), OUTAGE + HISTORY))
        .hasValue(OUTAGE + 51_000);
  }

  /** Of ten measured minutes it is 8 % after 51 s, and of the hour no more than before. */
  @Test
  void whatWasNotMeasuredCountsAsGood() {
    assertThat(new Earliest(OUTAGE - 10 * MINUTE).byEvents(failing(1_000), OUTAGE + HISTORY))
        .hasValue(OUTAGE + 51_000);
  }

  /** Batches of a second: the one of the second in which the policy comes true. */
  @Test
  void byArrivalItIsTheBatchThatMakesItTrue() {
    Service service = failing(1_000);
    List<Arrival> arrivals = new ArrayList<>();
    arrivals.add(new Arrival(OUTAGE - 30_000, OUTAGE - HISTORY, OUTAGE));
    for (long from = OUTAGE; from < OUTAGE + 2 * MINUTE; from += 1_000) {
      arrivals.add(new Arrival(from + 1_030, from, from + 1_000));
    }
    assertThat(new Earliest(OUTAGE - HISTORY).byArrival(service, arrivals))
        .hasValue(OUTAGE + 51_000 + 1_030);
  }
}
