// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.nines.demo.stage.Provider;
import dev.nines.demo.truth.DuePage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OwedPagesTest {

  private static final Instant DUE = Instant.parse("2026-11-27T12:00:00Z");
  private static final Duration LATEST = Duration.ofSeconds(30);

  @Test
  void aPageInTimeAndOnceBreaksNothing() {
    assertThat(broken(page(30_000, false))).isEmpty();
  }

  @Test
  void aPageAfterItsTime() {
    assertThat(broken(page(30_001, false))).containsExactly("7 a page: eu came after 30,001 ms");
  }

  @Test
  void aPageThatNeverCame() {
    assertThat(broken())
        .containsExactly(
            "7 a page is never lost: eu burned and nobody was paged",
            "7 a page: eu owes 1, and 0 came");
  }

  @Test
  void aSecondPageOfOneBadDeployUnlessItSaysThatItMayBeARepeat() {
    assertThat(broken(page(1_000, false), page(9_000, false)))
        .containsExactly("7 a page: eu owes 1, and 2 came");
    assertThat(broken(page(1_000, false), page(9_000, true))).isEmpty();
  }

  @Test
  void aRegionWhosePolicyDidNotHoldForTenSecondsOwesNothingAndProvesNothing() {
    OwedPages pages = new OwedPages(List.of(due(false)), List.of(), Set.of("eu"));
    assertThat(pages.broken(LATEST)).containsExactly("7 a page: eu owes 0, and 0 came");
  }

  private static List<String> broken(Provider.Page... received) {
    return new OwedPages(List.of(due(true)), List.of(received), Set.of("eu")).broken(LATEST);
  }

  private static DuePage due(boolean owed) {
    return new DuePage("eu", "global", BigDecimal.TEN, DUE, DUE.minusSeconds(1), 300, owed);
  }

  private static Provider.Page page(long afterMillis, boolean repeat) {
    return new Provider.Page(
        DUE.plusMillis(afterMillis),
        "key-" + afterMillis,
        JsonNodeFactory.instance
            .objectNode()
            .put("event", "trigger")
            .put("slo", "default/eu")
            .put("mayBeRepeat", repeat));
  }
}
