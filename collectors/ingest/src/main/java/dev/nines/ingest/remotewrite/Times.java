// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.remotewrite;

/** Milliseconds since 1970, as Prometheus has them, and nanoseconds, as OTLP has them. */
final class Times {

  private static final long NANOS = 1_000_000;

  private Times() {}

  /**
   * @throws Invalid the given one, unless after 1970, and such that its nanoseconds are a number:
   *     before 2262
   */
  static long nanos(long millis, Invalid otherwise) {
    if (!isTime(millis)) {
      throw otherwise;
    }
    return millis * NANOS;
  }

  static Invalid without(String what) {
    return new Invalid(Invalid.Reason.TIME, what + " without a time");
  }

  /** Of the point, or of its series where older senders say it; 0 where nobody does. */
  static long startNanos(long ofPointMillis, long ofSeriesMillis) {
    long millis = ofPointMillis == 0 ? ofSeriesMillis : ofPointMillis;
    return isTime(millis) ? millis * NANOS : 0;
  }

  private static boolean isTime(long millis) {
    return millis > 0 && millis <= Long.MAX_VALUE / NANOS;
  }
}
