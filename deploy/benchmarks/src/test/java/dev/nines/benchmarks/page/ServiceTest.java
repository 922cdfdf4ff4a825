// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ServiceTest {

  @Test
  void countsAreThoseOfTheEvents() {
    Random random = new Random(1);
    for (int number = 0; number < 200; number++) {
      Service service =
          number % 2 == 0 ? new Service(number, 1_000) : new Service(number, 2_000, 10_000);
      service.busyFrom(20_000 + random.nextLong(60_000));
      service.failFrom(50_000 + random.nextLong(20_000));
      long from = random.nextLong(60_000);
      long to = from + random.nextLong(60_000);
      assertThat(service.total(from, to)).isEqualTo(service.events(from, to).size());
      assertThat(service.bad(from, to))
          .isEqualTo(service.events(from, to).stream().filter(Event::bad).count());
    }
  }

  @Test
  void stretchesThatFollowEachOtherHaveEachRequestOnce() {
    Service service = new Service(7, 1_000);
    assertThat(service.events(0, 3_500))
        .hasSize(3)
        .isEqualTo(joined(service, 0, 959, 1_960, 3_500));
  }

  private static List<Event> joined(Service service, long... bounds) {
    List<Event> all = new ArrayList<>();
    for (int i = 1; i < bounds.length; i++) {
      all.addAll(service.events(bounds[i - 1], bounds[i]));
    }
    return all;
  }

  @Test
  void oneThatWakesIsQuietBefore() {
    Service service = new Service(0, 1_000, 5_000);
    assertThat(service.total(0, 20_000)).isEqualTo(4);
    service.busyFrom(10_000);
    assertThat(service.total(0, 20_000)).isEqualTo(2 + 10);
  }

  @Test
  void allFailFromTheOutageOn() {
    Service service = new Service(0, 1_000);
    assertThat(service.bad(0, 10_000)).isZero();
    service.failFrom(5_000);
    assertThat(service.bad(0, 10_000)).isEqualTo(5);
    assertThat(service.events(4_000, 6_000)).extracting(Event::bad).containsExactly(false, true);
  }
}
