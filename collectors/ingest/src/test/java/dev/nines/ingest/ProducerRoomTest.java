// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ProducerRoomTest {

  private static final long MIB = 1 << 20;
  private static final InstantSource STILL = InstantSource.fixed(Instant.EPOCH);

  private final ProducerRoom room = new ProducerRoom(10 * MIB);
  private final Share flood = share();
  private final Share quiet = share();

  private static Share share() {
    return new Share("t", new Guarantee(1_000, MIB), STILL);
  }

  @Test
  void aTenantAboveItsGuaranteeIsRefusedBeforeOthersMustQueueBehindIt() {
    flood.took(0, 20 * MIB); // ten times what two seconds allow: 81 % of the room
    for (int i = 0; i < 9; i++) {
      assertThat(room.hold(flood, MIB)).as("MiB %d", i).isTrue();
    }
    assertThat(room.hold(flood, MIB)).isFalse();
    assertThat(room.hold(quiet, MIB)).isTrue();
    assertThat(room.hold(quiet, MIB)).as("also beyond the bound").isTrue();
    room.release(3 * MIB);
    assertThat(room.hold(flood, MIB)).as("what was refused holds nothing").isTrue();
  }

  /** Each that asked before it held would see an empty room. */
  @Test
  void requestsThatComeAtOnceSeeEachOther() throws InterruptedException {
    flood.took(0, 20 * MIB);
    AtomicInteger taken = new AtomicInteger();
    CountDownLatch start = new CountDownLatch(1);
    Thread[] requests = new Thread[100];
    for (int i = 0; i < requests.length; i++) {
      requests[i] =
          Thread.ofPlatform()
              .start(
                  () -> {
                    await(start);
                    taken.addAndGet(room.hold(flood, MIB) ? 1 : 0);
                  });
    }
    start.countDown();
    for (Thread request : requests) {
      request.join();
    }
    assertThat(taken.get()).isBetween(1, 9);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
