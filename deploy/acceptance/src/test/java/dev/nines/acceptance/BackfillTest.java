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
 * An SLO that is applied after its traffic has the budget of one that was always there: two
 * regions, retries, events of any time, and a SIGKILL of the server while it is back-filled.
 */
@ExtendWith(OneUp.Away.class)
class BackfillTest {

  private static final int BATCHES = 10;
  private static final Duration PAST = Duration.ofHours(6);
  private static final Predicate<Sent> BAD = sent -> sent.failed() || sent.slow();

  @Test
  void aNewSloHasTheBudgetOfItsPeriod(@TempDir Path folder) throws IOException {
    try (TwoRegions two = TwoRegions.start(folder)) {
      SentSpans spans = two.spans();
      for (int i = 0; i < BATCHES; i++) {
        spans.send(Instant.now().minusSeconds(20), PAST, i % 4 == 0);
      }
      two.awaitStored();
      int past = spans.total();

      BackfilledSlo slo = new BackfilledSlo(two.up(), "backfilled");
      Instant began = slo.apply(SERVICE, "status = error or duration > 40ms");
      slo.awaitAtWork();
      two.up().platform().kill("server");
      spans.send(Instant.now(), Duration.ZERO, true);
      slo.awaitDone(90);

      await()
          .atMost(90, SECONDS)
          .ignoreExceptions()
          .untilAsserted(() -> check(slo, spans.truth(BAD)));
      assertThat(slo.read().at("/backfill/total").asLong()).isEqualTo(past);
      assertThat(Instant.parse(slo.read().at("/backfill/from").asText()))
          .isBefore(began.minus(PAST));
      assertThat(two.up().http().get("/api/v1/audit").body()).contains("objectives.backfill");
    }
  }

  /** Budget, account and ledger are what was sent. */
  static void check(BackfilledSlo slo, Map<String, List<Long>> truth) {
    assertThat(slo.status()).isEqualTo(truth);
    assertThat(slo.account()).isEqualTo(truth);
    assertThat(slo.ledger(List.copyOf(truth.keySet()))).isEqualTo(truth);
  }
}
