// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sla;

/** What the ledger holds of one service, minute by minute from the start of a period. */
public final class Minutes {

  private final long[] good;
  private final long[] total;
  private final long[] heard;

  public Minutes(int count) {
    good = new long[count];
    total = new long[count];
    heard = new long[count];
  }

  /**
   * @param goodEvents of the customer, at most {@code totalEvents}
   * @param heardEvents of the SLO, whoever's: at least {@code totalEvents}
   * @throws IllegalArgumentException where the counts contradict each other
   */
  public void set(int minute, long goodEvents, long totalEvents, long heardEvents) {
    if (goodEvents < 0 || goodEvents > totalEvents || totalEvents > heardEvents) {
      throw new IllegalArgumentException(
          goodEvents + " good of " + totalEvents + " of " + heardEvents + " events");
    }
    good[minute] = goodEvents;
    total[minute] = totalEvents;
    heard[minute] = heardEvents;
  }

  public int count() {
    return total.length;
  }

  public long good(int minute) {
    return good[minute];
  }

  public long total(int minute) {
    return total[minute];
  }

  public long bad(int minute) {
    return total[minute] - good[minute];
  }

  public long heard(int minute) {
    return heard[minute];
  }
}
