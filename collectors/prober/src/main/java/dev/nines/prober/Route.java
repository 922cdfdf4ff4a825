// SPDX-License-Identifier: Apache-2.0
package dev.nines.prober;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nines.prober.definition.Probe;
import dev.nines.prober.definition.Target;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;

/** A probe on its way to one target. */
record Route(Probe probe, Target target) {

  String kind() {
    return probe.check().kind();
  }

  /**
   * Nanoseconds from now to the first run. Runs stand at a fixed place in the interval, drawn by a
   * hash: the regions that probe one target do not come together, and a restart keeps the places.
   */
  long firstNanos(String fromRegion, Instant now) {
    long interval = probe.interval().toNanos();
    long place = hash(fromRegion + " " + probe.name() + " " + target.region());
    long epoch = now.getEpochSecond() * 1_000_000_000L + now.getNano();
    return Math.floorMod(Math.floorMod(place, interval) - epoch, interval);
  }

  private static long hash(String text) {
    try {
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)))
          .getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
