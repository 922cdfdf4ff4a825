// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.nines.benchmarks.Figure;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PageOutcomeTest {

  private static PageResult result(Overheads acknowledged, String... wrong) {
    return new PageResult(acknowledged, acknowledged, List.of(wrong));
  }

  private static Overheads of(long... millis) {
    return new Overheads(LongStream.of(millis).boxed().toList(), 0);
  }

  @Test
  void ranksAreTheNearest() {
    Overheads hundred =
        new Overheads(LongStream.rangeClosed(1, 100).map(i -> 101 - i).boxed().toList(), 0);
    assertThat(hundred.p99()).isEqualTo(99);
    assertThat(hundred.median()).isEqualTo(50);
    assertThat(of(7).p99()).isEqualTo(7);
    assertThat(of(3, 9).plus(of(5)).median()).isEqualTo(5);
  }

  @Test
  void oneSecondIsTheGoalForNinetyNineOfAHundred() {
    PageOutcome outcome = new PageOutcome();
    outcome.ours(10_000, result(of(1_000, 20)));
    assertThat(outcome.missed()).isEmpty();
    outcome.ours(2_000, result(of(20, 1_001)));
    assertThat(outcome.missed())
        .containsExactly("at 2,000 SLOs: 99 % of the pages within 1,001 ms, the goal is 1,000 ms");
  }

  @Test
  void aPageThatDoesNotComeOrIsNotDueMissesTheGoal() {
    PageOutcome outcome = new PageOutcome();
    outcome.ours(1, result(new Overheads(List.of(), 1)));
    outcome.ours(2, result(of(5), "availability-00001 was paged and did not burn"));
    assertThat(outcome.missed())
        .containsExactly(
            "at 2 SLOs: availability-00001 was paged and did not burn",
            "at 1 SLOs: 1 pages that were due did not come");
    assertThat(outcome.lines().getFirst()).contains("no page; 1 more were due and did not come");
  }

  @Test
  void thePeerStandsBesideOursFromTheRequestOn() {
    PageOutcome outcome = new PageOutcome();
    outcome.ours(1, new PageResult(of(100), of(600), List.of()));
    outcome.peer("prometheus 2");
    outcome.peer(1, Setting.UPSTREAM, of(60_000));
    assertThat(outcome.figures("machine", "commit"))
        .extracting(Figure::metric, Figure::value, Figure::peerValue, Figure::ratio)
        .containsExactly(
            tuple("overhead-since-acknowledgement-p99-at-1-slos", 100.0, null, null),
            tuple("overhead-since-request-median-at-1-slos", 600.0, 60_000.0, 0.01));
  }
}
