// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.client.CollectorRegistry;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Who is refused when the bytes in flight run short; time is simulated, a millisecond a turn. */
class FairnessTest {

  private static final long MIB = 1 << 20;
  private static final long BOUND = 16 * MIB;

  /** What Kafka takes, far less than the flood sends. */
  private static final long DRAINED_PER_MILLI = 20 * MIB / 1_000;

  private static final int RUN_MILLIS = 60_000;

  private final Random random = new Random(28);
  private final IngestMetrics metrics =
      new IngestMetrics(new CollectorRegistry(), IngestWatch.NONE);
  private final InFlightBytes inFlight = new InFlightBytes(BOUND, metrics);
  private final Queue<Held> queue = new ArrayDeque<>();
  private long nowMillis = 1_000_000;
  private long drainable;

  private record Held(InFlightBytes.Reservation reservation, long bytes) {}

  /** One tenant's clients. */
  private final class Sender {
    private final double perMilli;
    private final int bodyBytes;
    private final InFlightBytes room;
    private final Share share;
    private long sent;
    private long refused;

    Sender(String tenant, double bytesPerSecond, int bodyBytes, Shares shares) {
      this.perMilli = bytesPerSecond / 1_000 / bodyBytes;
      this.bodyBytes = bodyBytes;
      this.share = shares.of(tenant);
      this.room = inFlight.of(share);
    }

    void turn() {
      double due = perMilli;
      while (due > 0 && random.nextDouble() < due) {
        sent++;
        refused += taken() ? 0 : 1;
        due--;
      }
    }

    private boolean taken() {
      InFlightBytes.Reservation reservation = room.reserve();
      if (room.exhausted() || !reservation.grow(bodyBytes)) {
        return false;
      }
      share.took(bodyBytes / 300, bodyBytes);
      queue.add(new Held(reservation, bodyBytes));
      return true;
    }

    double refusedShare() {
      return (double) refused / sent;
    }
  }

  @Test
  void oneFloodRefusesNoneOfNineQuietTenants() {
    Shares shares = shares(Guarantees.DEFAULT, 100);
    Sender flood = new Sender("flood", 200 * MIB, (int) MIB, shares);
    Sender[] quiet = new Sender[9];
    for (int i = 0; i < quiet.length; i++) {
      quiet[i] = new Sender("quiet" + i, MIB / 2.0, 20_000, shares);
    }
    run(flood, quiet);
    long sent = 0;
    long refused = 0;
    for (Sender each : quiet) {
      sent += each.sent;
      refused += each.refused;
    }
    assertThat(sent).isGreaterThan(10_000);
    assertThat((double) refused / sent).isLessThanOrEqualTo(.001);
    assertThat(flood.refusedShare()).isGreaterThan(.8);
    assertThat(flood.sent - flood.refused)
        .as("the flood gets what the others leave")
        .isGreaterThan(10 * RUN_MILLIS / 1_000);
  }

  /** Without shares the same flood hits everybody: the test above can fail. */
  @Test
  void withoutGuaranteesTheQuietWouldBeRefused() {
    Guarantees boundless =
        new Guarantees(new Guarantee(Long.MAX_VALUE / 4, Long.MAX_VALUE / 4), Map.of());
    Shares shares = shares(boundless, 100);
    Sender flood = new Sender("flood", 200 * MIB, 64 << 10, shares);
    Sender quiet = new Sender("quiet", MIB / 2.0, 20_000, shares);
    run(flood, quiet);
    assertThat(quiet.refusedShare()).isGreaterThan(.05);
  }

  @Test
  void ofTwoFloodsEachGetsItsGuaranteesShare() {
    Guarantees guarantees =
        new Guarantees(
            new Guarantee(1_000_000, MIB), Map.of("large", new Guarantee(1_000_000, 3 * MIB)));
    Shares shares = shares(guarantees, 100);
    Sender small = new Sender("small", 200 * MIB, 64 << 10, shares);
    Sender large = new Sender("large", 200 * MIB, 64 << 10, shares);
    run(small, large);
    double ratio = (double) (large.sent - large.refused) / (small.sent - small.refused);
    assertThat(ratio).isBetween(2.0, 4.0);
  }

  @Test
  void manyItemsInFewBytesAreAnExcessToo() {
    Shares shares = shares(Guarantees.DEFAULT, 10);
    Share share = shares.of("acme");
    share.took(19_000, 1);
    assertThat(share.excess()).isLessThan(1);
    share.took(2_000, 1);
    assertThat(share.excess()).isGreaterThan(1);
    nowMillis += 10 * Share.FADE_MILLIS;
    assertThat(share.excess()).isLessThan(.01);
  }

  @Test
  void withRoomForAllNobodyIsRefused() {
    Shares shares = shares(Guarantees.DEFAULT, 10);
    Sender busy = new Sender("busy", 15 * MIB, 64 << 10, shares);
    run(busy);
    assertThat(busy.refused).isZero();
  }

  @Test
  void tenantsBeyondTheBoundShareOneGuaranteeUntilOthersAreIdle() {
    Shares shares = shares(Guarantees.DEFAULT, 2);
    shares.of("a").took(1_000, 1_000);
    shares.of("b").took(1_000, 1_000);
    Share third = shares.of("c");
    assertThat(shares.of("d")).isSameAs(third);
    assertThat(shares.of("a")).isNotSameAs(third);
    nowMillis += 60 * Share.FADE_MILLIS;
    assertThat(shares.of("c")).isNotSameAs(third);
  }

  private Shares shares(Guarantees guarantees, int tenantsMax) {
    return new Shares(guarantees, tenantsMax, () -> Instant.ofEpochMilli(nowMillis), metrics);
  }

  private void run(Sender first, Sender... others) {
    for (int i = 0; i < RUN_MILLIS; i++) {
      nowMillis++;
      first.turn();
      for (Sender each : others) {
        each.turn();
      }
      drainable = queue.isEmpty() ? 0 : drainable + DRAINED_PER_MILLI;
      while (!queue.isEmpty() && queue.peek().bytes <= drainable) {
        Held done = queue.remove();
        drainable -= done.bytes;
        done.reservation.close();
      }
    }
  }
}
