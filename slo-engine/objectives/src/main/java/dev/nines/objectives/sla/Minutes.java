// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sla;

/** What the ledger holds of one service, minute by minute from the start of a period. */
public final class Minutes {

  private final long[] good;
  private final long[] uncertain;
  private final long[] total;
  private final long[] heard;
  private final long[] missing;

  public Minutes(int count) {
    good = new long[count];
    uncertain = new long[count];
    total = new long[count];
    heard = new long[count];
    missing = new long[count];
  }

  /**
   * One minute's events.
   *
   * @param good of the customer, surely good
   * @param uncertain of the customer, of which only a histogram's bucket is known: good or bad
   * @param total of the customer, at least {@code good + uncertain}
   * @param heard of the SLO, whoever's: at least {@code total}
   * @param missing bad ones of {@code total} that were expected and did not come
   */
  public record Events(long good, long uncertain, long total, long heard, long missing) {

    /**
     * @throws IllegalArgumentException where the counts contradict each other
     */
    public Events {
      if (good < 0
          || uncertain < 0
          || missing < 0
          || uncertain > total - good
          || missing > total - good - uncertain
          || total > heard) {
        throw new IllegalArgumentException(
            good
                + " good and "
                + uncertain
                + " uncertain and "
                + missing
                + " missing of "
                + total
                + " of "
                + heard
                + " events");
      }
    }
  }

  /** Where every event is surely good or surely bad. */
  public void set(int minute, long goodEvents, long totalEvents, long heardEvents) {
    set(minute, new Events(goodEvents, 0, totalEvents, heardEvents, 0));
  }

  public void set(int minute, Events events) {
    good[minute] = events.good();
    uncertain[minute] = events.uncertain();
    total[minute] = events.total();
    heard[minute] = events.heard();
    missing[minute] = events.missing();
  }

  /** The same with every uncertain event bad: the other bound of what may have been. */
  Minutes atWorst() {
    Minutes worst = new Minutes(count());
    for (int i = 0; i < count(); i++) {
      worst.set(i, new Events(good[i], 0, total[i], heard[i], missing[i]));
    }
    return worst;
  }

  public int count() {
    return total.length;
  }

  /** Events that are surely good. */
  public long good(int minute) {
    return good[minute];
  }

  public long uncertain(int minute) {
    return uncertain[minute];
  }

  public long total(int minute) {
    return total[minute];
  }

  /** Events that are surely bad. */
  public long bad(int minute) {
    return total[minute] - good[minute] - uncertain[minute];
  }

  public long heard(int minute) {
    return heard[minute];
  }

  /** Bad events that were expected and did not come. */
  public long missing(int minute) {
    return missing[minute];
  }
}
