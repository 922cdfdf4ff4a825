// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import java.time.InstantSource;

/**
 * One tenant's use of a collector's room: what it sent of late, fading, and what is held of it now.
 * Its excess is the largest of three multiples of its guarantee.
 */
final class Share {

  /** How long ago a byte counts for 1/e; a tenant may send that much at once. */
  static final long FADE_MILLIS = 2_000;

  private final InstantSource clock;
  private final String label;
  private final Guarantee guarantee;
  private double items;
  private double bytes;
  private long held;
  private long fadedAt;

  Share(String label, Guarantee guarantee, InstantSource clock) {
    this.label = label;
    this.guarantee = guarantee;
    this.clock = clock;
    fadedAt = clock.millis();
  }

  /** The tenant, or what stands for it in metrics. */
  String label() {
    return label;
  }

  synchronized void took(long newItems, long newBytes) {
    fade();
    items += newItems;
    bytes += newBytes;
  }

  synchronized void hold(long more) {
    held += more;
  }

  /** Multiple of the guarantee that is used; up to 1 the tenant is within it. */
  synchronized double excess() {
    fade();
    double seconds = FADE_MILLIS / 1e3;
    double ofBytes = Math.max(bytes, held) / (guarantee.bytesPerSecond() * seconds);
    return Math.max(ofBytes, items / (guarantee.itemsPerSecond() * seconds));
  }

  synchronized boolean idle() {
    fade();
    return held == 0 && bytes < 1 && items < 1;
  }

  private void fade() {
    long nowMillis = clock.millis();
    if (nowMillis > fadedAt) {
      double left = Math.exp((double) (fadedAt - nowMillis) / FADE_MILLIS);
      items *= left;
      bytes *= left;
      fadedAt = nowMillis;
    }
  }
}
