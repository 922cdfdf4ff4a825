// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import static dev.nines.extraction.Bench.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nines.telemetry.TelemetryTopics;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a task goes on holding of the batches that it has counted. */
class MemoryTest {

  private static final int BATCHES = 20;

  @TempDir Path state;

  /** The caches of the stores hold an entry for each of them: its key, not its body. */
  @Test
  void nothingHoldsTheBodyOfABatchThatWasCounted() {
    try (Bench bench = new Bench(state)) {
      List<WeakReference<byte[]>> bodies = new ArrayList<>();
      for (int i = 0; i < BATCHES; i++) {
        bodies.add(sent(bench, i));
      }
      sent(bench, BATCHES); // the walker's view is of the last one
      assertThat(bench.records(TelemetryTopics.accepted("eu"))).hasSize(BATCHES + 1);

      await()
          .untilAsserted(
              () -> {
                System.gc();
                assertThat(bodies).allMatch(body -> body.refersTo(null));
              });
    }
  }

  private static WeakReference<byte[]> sent(Bench bench, int number) {
    byte[] body = Traffic.body("checkout", Traffic.span("pay " + number, START, false));
    bench.send("eu", Traffic.envelope(body, 1), START);
    return new WeakReference<>(body);
  }
}
