// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class AdmissionTest {
  private final Admission admission = new Admission();

  @Test
  void refusesBeyondItsBoundsAndAdmitsAgainAfterwards() throws Exception {
    var running = new ArrayList<Admission.Place>();
    for (var i = 0; i < Admission.MAX_RUNNING; i++) {
      running.add(admission.enter("running " + i));
    }
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      var waiting = new ArrayList<Future<?>>();
      for (var i = 0; i < Admission.MAX_WAITING; i++) {
        var id = "waiting " + i;
        waiting.add(pool.submit(() -> enterAndLeave(id)));
      }
      await().until(() -> admission.waiting() == Admission.MAX_WAITING);
      assertCode(202, "one too many");
      assertThat(admission.refused()).isEqualTo(1);
      running.forEach(Admission.Place::close);
      for (var entered : waiting) {
        entered.get();
      }
    }
    assertThat(admission.running()).isZero();
  }

  @Test
  void anIdRunsOnceAtATime() throws Exception {
    var first = admission.enter("id");
    assertCode(216, "id");
    first.close();
    admission.enter("id").close();
  }

  @Test
  void drainWaitsAndRefuses() throws Exception {
    var place = admission.enter("last");
    assertThat(admission.drain(Duration.ofMillis(1))).isFalse();
    assertCode(202, "too late");
    place.close();
    assertThat(admission.drain(Duration.ofSeconds(5))).isTrue();
  }

  /** Whoever gets in makes room for the next: the order is the semaphore's. */
  private boolean enterAndLeave(String queryId) throws InterruptedException {
    admission.enter(queryId).close();
    return true;
  }

  private void assertCode(int code, String queryId) {
    assertThatThrownBy(() -> admission.enter(queryId))
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.code().number()).isEqualTo(code));
  }
}
