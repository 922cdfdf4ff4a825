// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Nothing acknowledged is lost when the disk is full. It takes minutes and is no part of the suite:
 * {@code ./nines test -Dtest=FullDiskProof -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class FullDiskProof {

  @Test
  void aFullDiskStopsTelemetryWithAClearMessageAndLosesNothingAcknowledged() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(DiskTest.DISK_MEBIBYTES)) {
      List<Batch> acknowledged;
      try (Up up = Up.start(disk.path(), "nines.disk-reserve-bytes=0")) {
        disk.leave(8 * DiskTest.MIB);
        acknowledged = DiskTest.sendUntilRefused(up, "full");
        await()
            .atMost(60, SECONDS)
            .until(() -> up.printed().contains("the disk of " + up.data() + " is full"));
        assertThat(up.http().anonymous().get("/health/live").statusCode()).isEqualTo(200);
      }
      disk.throwOffBallast();
      try (Up up = Up.start(disk.path(), "nines.disk-reserve-bytes=0")) {
        await()
            .atMost(60, SECONDS)
            .until(() -> DiskTest.sent(up, Batch.of("restart", 1), acknowledged));
        DiskTest.assertStored(up, acknowledged);
      }
    }
  }
}
