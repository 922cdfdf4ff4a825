// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.objectives.CalendarWindow;
import dev.nines.objectives.TimeWindow;
import java.time.Duration;

/** What the judged slices of one window spent, kept exact while time passes and verdicts change. */
final class SliceWindow {

  /**
   * A larger step sums the window anew: what leaves may have been forgotten, a day after it left.
   */
  private static final long STEP_MAX_SECONDS = Duration.ofHours(12).toSeconds();

  private final TimeWindow window;
  private final SliceCells verdicts;
  private final BudgetKey scope;
  private boolean filled;
  private long from;
  private long to;
  private long shortfall;

  SliceWindow(TimeWindow window, SliceCells verdicts, BudgetKey scope) {
    this.window = window;
    this.verdicts = verdicts;
    this.scope = scope;
  }

  /**
   * Start of the first slice of a window that ends with the slice before an instant, seconds. A
   * calendar's is that of now, also while no slice of it is judged.
   */
  static long first(TimeWindow window, long judgedTo, long atMillis, long sliceSeconds) {
    long last = judgedTo * 1_000 - 1;
    long anchor = window instanceof CalendarWindow ? Math.max(last, atMillis) : last;
    return Math.ceilDiv(window.fromMillis(anchor), sliceSeconds * 1_000) * sliceSeconds;
  }

  /** Slices that leave are taken away, and those that enter added. */
  void advance(long judgedTo, long atMillis) {
    long first = first(window, judgedTo, atMillis, verdicts.seconds());
    if (!filled || first - from > STEP_MAX_SECONDS) {
      shortfall = verdicts.bad(scope, first, judgedTo);
    } else {
      shortfall -= verdicts.bad(scope, from, Math.min(first, to));
      shortfall += verdicts.bad(scope, Math.max(first, to), judgedTo);
    }
    filled = true;
    from = first;
    to = judgedTo;
  }

  /** A verdict of a slice that may be in it. */
  void changed(long slice, long difference) {
    if (filled && slice >= from && slice < to) {
      shortfall += difference;
    }
  }

  long shortfall() {
    return shortfall;
  }
}
