// SPDX-License-Identifier: Apache-2.0
package dev.nines.oracle.brute;

import java.util.ArrayList;
import java.util.List;

/** When a region's collectors reported; silent is who does not for over 10 s. Milliseconds. */
final class Reports {

  private static final long SILENCE = 10_000;

  private final List<long[]> silences = new ArrayList<>();
  private boolean any;
  private long last;

  void report(long at) {
    if (any && at - last > SILENCE) {
      silences.add(new long[] {last, at});
    }
    last = any ? Math.max(last, at) : at;
    any = true;
  }

  /** Of a stretch, as it is known at its end. */
  long measured(long start, long end, long from) {
    long begin = Math.max(start, from);
    long silent = 0;
    for (long[] silence : silences) {
      silent += Math.max(0, Math.min(silence[1], end) - Math.max(silence[0], begin));
    }
    if (any && end - last > SILENCE) {
      silent += Math.max(0, end - Math.max(last, begin));
    }
    return Math.max(0, end - begin - silent);
  }

  /** Of a stretch, as far as it was reported at all. */
  long reported(long start, long end, long from) {
    return any ? measured(start, Math.min(end, last), from) : 0;
  }
}
