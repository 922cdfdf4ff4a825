// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PendingRequestsTest {

  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final PendingRequests requests = new PendingRequests(now::get);

  @Test
  void completeToIsTheOldestPendingRequest() {
    assertThat(requests.completeTo()).isEqualTo(START);
    PendingRequests.Pending first = requests.open();
    now.set(START.plusSeconds(5));
    PendingRequests.Pending second = requests.open();
    now.set(START.plusSeconds(9));
    assertThat(requests.completeTo()).isEqualTo(START);
    requests.close(first);
    assertThat(requests.completeTo()).isEqualTo(START.plusSeconds(5));
    requests.close(second);
    assertThat(requests.completeTo()).isEqualTo(START.plusSeconds(9));
  }

  @Test
  void neverGoesBackWithTheClock() {
    PendingRequests.Pending first = requests.open();
    now.set(START.minusSeconds(60));
    PendingRequests.Pending second = requests.open();
    assertThat(second.receivedAt()).isEqualTo(START);
    requests.close(first);
    requests.close(second);
    assertThat(requests.completeTo()).isEqualTo(START);
  }
}
