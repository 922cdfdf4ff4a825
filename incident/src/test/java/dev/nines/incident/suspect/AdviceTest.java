// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.suspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.incident.postmortem.ChangeShare;
import dev.nines.incident.suspect.Advice.Rollback;
import dev.nines.objectives.ChangeEvent;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdviceTest {

  private static final Instant BEGAN = Instant.parse("2026-03-04T10:04:00Z");

  /** Bad ones with the version, all bad ones, good ones with it, all good ones. */
  @ParameterizedTest
  @CsvSource({
    "412, 420, 2310, 30000, ADVISED",
    // Carried as by any request: nothing to see.
    "50, 100, 5000, 10000, UNDECIDED",
    "1, 100, 5000, 10000, NOT_ADVISED",
    // Worse than the others, but most of the trouble is theirs.
    "40, 100, 100, 10000, NOT_ADVISED",
    // Half of the trouble is not most of it.
    "50, 100, 100, 10000, NOT_ADVISED",
    "51, 100, 100, 10000, ADVISED",
    // Two requests of a canary show nothing.
    "1, 1, 1, 3, UNDECIDED",
    "100, 100, 900, 900, UNDECIDED",
    "0, 100, 0, 900, UNDECIDED",
  })
  void aRollbackIsAdvisedWhereTheVersionIsWorseAndHasMostOfTheBadOnes(
      long badWith, long bad, long goodWith, long good, Rollback expected) {
    assertThat(Advice.of(share("1.42.0", badWith, bad, goodWith, good)).rollback())
        .isEqualTo(expected);
  }

  @Test
  void theFiguresAreSaid() {
    assertThat(words("1.42.0", 412, 420, 2_310, 30_000))
        .isEqualTo(
            "Rollback advised: deploy of checkout 1.42.0, 4 min before."
                + " 412 of 420 bad requests (98.1 %) carry 1.42.0, and 2,310 of 30,000 (7.7 %) of"
                + " the good ones. 15.1 % of its requests are bad, of the others 0.0 %.");
    assertThat(words("1.42.0", 1, 100, 5_000, 10_000)).endsWith("no worse, at 95 %.");
    assertThat(words("1.42.0", 50, 100, 5_000, 10_000))
        .endsWith("of the others 1.0 %: at 95 % nothing is shown.");
    assertThat(words("1.42.0", 40, 100, 100, 10_000))
        .endsWith("worse, but most bad requests are of others.");
    assertThat(words("1.42.0", 100, 100, 900, 900))
        .endsWith("there is nothing to compare it with.");
    assertThat(words("1.42.0", 0, 100, 0, 900)).endsWith("No request carries it.");
    assertThat(words("", 0, 100, 0, 900)).endsWith("names no version to look for.");
  }

  private static String words(String version, long badWith, long bad, long goodWith, long good) {
    return Advice.of(share(version, badWith, bad, goodWith, good)).words(BEGAN);
  }

  private static ChangeShare share(
      String version, long badWith, long bad, long goodWith, long good) {
    ChangeEvent change =
        new ChangeEvent("c-1", "t", "checkout", version, "", "deploy", "", BEGAN.minusSeconds(250));
    return new ChangeShare(change, badWith, bad, goodWith, good);
  }
}
