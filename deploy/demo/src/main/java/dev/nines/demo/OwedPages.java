// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo;

import dev.nines.demo.stage.Provider;
import dev.nines.demo.truth.DuePage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Pages that are owed, held against those that came: in time, and for some objectives once.
 *
 * @param due by the policies
 * @param received by the provider
 * @param once objectives that owe a page, and only one
 */
record OwedPages(List<DuePage> due, List<Provider.Page> received, Set<String> once) {

  OwedPages {
    due =
        due.stream().filter(DuePage::owed).sorted(Comparator.comparing(DuePage::earliest)).toList();
  }

  /**
   * Broken promises, one line each.
   *
   * @param latest what the platform may add to the policy's own time
   */
  List<String> broken(Duration latest) {
    List<String> broken = new ArrayList<>();
    for (DuePage page : due) {
      if (came(page.slo()).isEmpty()) {
        broken.add("7 a page is never lost: %s burned and nobody was paged".formatted(page.slo()));
      } else if (overhead(page).compareTo(latest) > 0) {
        broken.add(
            "7 a page: %s came after %,d ms".formatted(page.slo(), overhead(page).toMillis()));
      }
    }
    for (String slo : once) {
      long owed = due.stream().filter(page -> page.slo().equals(slo)).count();
      int came = came(slo).size();
      if (owed != 1 || came != 1) {
        broken.add("7 a page: %s owes %d, and %d came".formatted(slo, owed, came));
      }
    }
    return broken;
  }

  /** From the acknowledgement that made the policy true to the first page of one that came. */
  Duration overhead(DuePage page) {
    return Duration.between(page.earliest(), came(page.slo()).getFirst().received());
  }

  /** Without those that say that they may be a repeat; the first one first. */
  List<Provider.Page> came(String slo) {
    return received.stream()
        .filter(page -> page.event().equals("trigger") && page.slo().equals(slo))
        .filter(page -> !page.body().path("mayBeRepeat").asBoolean())
        .sorted(Comparator.comparing(Provider.Page::received))
        .toList();
  }
}
