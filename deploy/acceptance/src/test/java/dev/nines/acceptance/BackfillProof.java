// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import static dev.nines.acceptance.SentSpans.SERVICE;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nines.acceptance.SentSpans.Sent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stream that goes on while its SLO is applied, corrected, removed and applied again, with a
 * SIGKILL of the server in each back-fill but the last, and events that come late for each line. It
 * waits for second looks, so it is no part of the suite: {@code ./nines test -Dtest=BackfillProof
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@ExtendWith(OneUp.Away.class)
class BackfillProof {

  private static final Duration PAST = Duration.ofHours(6);
  private static final int BATCHES = 10;
  private static final int SECOND_LOOK_SECONDS = 240;
  private static final List<String> SCOPES = List.of("global", "master", "west");
  private static final Predicate<Sent> WRONG = Sent::failed;
  private static final Predicate<Sent> RIGHT = sent -> sent.failed() || sent.slow();

  @Test
  void everyLineHasTheBudgetOfItsPeriod(@TempDir Path folder) throws IOException {
    try (TwoRegions two = TwoRegions.start(folder)) {
      SentSpans spans = two.spans();
      for (int i = 0; i < BATCHES; i++) {
        spans.send(Instant.now().minusSeconds(20), PAST, i % 4 == 0);
      }
      two.awaitStored();
      BackfilledSlo slo = new BackfilledSlo(two.up(), "backfilled");

      Instant began = slo.apply(SERVICE, "status = error");
      killed(two, slo, began, WRONG);
      Instant oldest = began.minus(PAST.multipliedBy(2));
      Map<String, List<Long>> counted = slo.counted(oldest, began, SCOPES);
      assertThat(counted.get("global").getLast()).isPositive();

      Instant corrected = slo.apply(SERVICE, "status = error or duration > 40ms");
      killed(two, slo, corrected, RIGHT);
      assertThat(slo.counted(oldest, began, SCOPES)).isEqualTo(counted);

      Instant gone = slo.remove();
      await().atMost(60, SECONDS).until(() -> Instant.now().isAfter(gone));
      spans.send(Instant.now(), Duration.ZERO, true);
      two.awaitStored();
      Instant again = slo.apply(SERVICE, "status = error or duration > 40ms");
      agrees(two, slo, again, RIGHT);
      assertThat(slo.counted(oldest, began, SCOPES)).isEqualTo(counted);
    }
  }

  /** With a SIGKILL in the middle of the first look. */
  private static void killed(TwoRegions two, BackfilledSlo slo, Instant began, Predicate<Sent> bad)
      throws IOException {
    slo.awaitAtWork();
    two.up().platform().kill("server");
    agrees(two, slo, began, bad);
  }

  /** Events of now and of before the line, and of any time before, come while it is at work. */
  private static void agrees(
      TwoRegions two, BackfilledSlo slo, Instant began, Predicate<Sent> bad) {
    SentSpans spans = two.spans();
    spans.send(Instant.now(), Duration.ZERO, true);
    spans.send(began.minusSeconds(1), PAST, false);
    slo.awaitDone(120);
    spans.send(began.minusSeconds(5), Duration.ofMinutes(2), true);
    await()
        .atMost(SECOND_LOOK_SECONDS, SECONDS)
        .ignoreExceptions()
        .untilAsserted(() -> BackfillTest.check(slo, spans.truth(bad)));
  }
}
