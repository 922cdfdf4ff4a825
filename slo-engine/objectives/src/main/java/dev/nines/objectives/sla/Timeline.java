// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sla;

import dev.nines.objectives.Fraction;
import dev.nines.objectives.sla.Contract.NoData;
import dev.nines.objectives.sla.Contract.Treatment;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One service's minutes, judged by its contract, and what each measure makes of them. */
public final class Timeline {

  private final Contract contract;
  private final Contract.Service service;
  private final Minutes minutes;
  private final Verdict[] verdicts;

  /**
   * @param excluded minutes that the contract's clauses leave out
   */
  public Timeline(Contract contract, Contract.Service service, Minutes minutes, BitSet excluded) {
    this.contract = contract;
    this.service = service;
    this.minutes = minutes;
    this.verdicts = new Verdict[minutes.count()];
    for (int i = 0; i < verdicts.length; i++) {
      verdicts[i] = excluded.get(i) ? Verdict.EXCLUDED : single(i);
    }
    liftShortRuns();
  }

  public Verdict verdict(int minute) {
    return verdicts[minute];
  }

  public Minutes minutes() {
    return minutes;
  }

  public int count(Verdict verdict) {
    return count(verdict, 0, verdicts.length);
  }

  int count(Verdict verdict, int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      count += verdicts[i] == verdict ? 1 : 0;
    }
    return count;
  }

  /** Empty when nothing is left to be measured. */
  public Optional<Uptime> uptime(Measure measure, Treatment treatment) {
    return switch (measure) {
      case MINUTE -> byMinute(treatment);
      case INTERVAL_MEAN -> byIntervals(treatment);
      case REQUEST -> byRequests(treatment);
    };
  }

  private Verdict single(int i) {
    if (minutes.total(i) == 0) {
      return minutes.heard(i) > 0 ? Verdict.IDLE : Verdict.UNMEASURED;
    }
    Fraction limit = Fraction.of(service.down().errorsAbove());
    boolean down =
        minutes.total(i) >= service.down().minEvents()
            && BigInteger.valueOf(minutes.bad(i))
                    .multiply(limit.bottom())
                    .compareTo(BigInteger.valueOf(minutes.total(i)).multiply(limit.top()))
                > 0;
    return down ? Verdict.DOWN : Verdict.UP;
  }

  /** A minute that is anything but down ends a run. */
  private void liftShortRuns() {
    int start = 0;
    while (start < verdicts.length) {
      int end = start;
      while (end < verdicts.length && verdicts[end] == Verdict.DOWN) {
        end++;
      }
      if (end - start < service.down().minMinutes()) {
        Arrays.fill(verdicts, start, end, Verdict.UP);
      }
      start = Math.max(end, start + 1);
    }
  }

  private Optional<Uptime> byMinute(Treatment treatment) {
    long bad = count(Verdict.DOWN);
    long whole = bad + count(Verdict.UP);
    if (treatment == Treatment.GOOD) {
      whole += count(Verdict.EXCLUDED);
    }
    long idle = count(Verdict.IDLE);
    long unmeasured = count(Verdict.UNMEASURED);
    bad += (contract.idle() == NoData.BAD ? idle : 0);
    bad += (contract.unmeasured() == NoData.BAD ? unmeasured : 0);
    whole += (contract.idle() == NoData.EXCLUDED ? 0 : idle);
    whole += (contract.unmeasured() == NoData.EXCLUDED ? 0 : unmeasured);
    return whole == 0 ? Optional.empty() : Optional.of(Uptime.of(bad, whole));
  }

  private Optional<Uptime> byRequests(Treatment treatment) {
    long bad = 0;
    long whole = 0;
    for (int i = 0; i < verdicts.length; i++) {
      boolean excluded = verdicts[i] == Verdict.EXCLUDED;
      if (!excluded || treatment == Treatment.GOOD) {
        bad += excluded ? 0 : minutes.bad(i);
        whole += minutes.total(i);
      }
    }
    return whole == 0 ? Optional.empty() : Optional.of(Uptime.of(bad, whole));
  }

  /**
   * Rates of one denominator are added as integers first: a month has far fewer denominators than
   * intervals with errors.
   */
  private Optional<Uptime> byIntervals(Treatment treatment) {
    Map<Long, BigInteger> badByTotal = new TreeMap<>();
    long intervals = 0;
    for (int start = 0; start < verdicts.length; start += service.intervalMinutes()) {
      Interval interval = interval(start, treatment);
      intervals += interval.counts() ? 1 : 0;
      if (interval.counts() && interval.bad() > 0) {
        badByTotal.merge(interval.total(), BigInteger.valueOf(interval.bad()), BigInteger::add);
      }
    }
    if (intervals == 0) {
      return Optional.empty();
    }
    Fraction sum = Fraction.ZERO;
    for (Map.Entry<Long, BigInteger> rate : badByTotal.entrySet()) {
      sum = sum.plus(new Fraction(rate.getValue(), BigInteger.valueOf(rate.getKey())));
    }
    return Optional.of(
        new Uptime(new Fraction(sum.top(), sum.bottom().multiply(BigInteger.valueOf(intervals)))));
  }

  /**
   * @param total 0 where the interval does not count
   */
  private record Interval(long bad, long total) {
    boolean counts() {
      return total > 0;
    }
  }

  private Interval interval(int start, Treatment treatment) {
    int end = Math.min(start + service.intervalMinutes(), verdicts.length);
    long bad = 0;
    long total = 0;
    for (int i = start; i < end; i++) {
      if (verdicts[i] != Verdict.EXCLUDED) {
        bad += minutes.bad(i);
        total += minutes.total(i);
      }
    }
    return total > 0 ? new Interval(bad, total) : silent(start, end, treatment);
  }

  private Interval silent(int start, int end, Treatment treatment) {
    int excluded = count(Verdict.EXCLUDED, start, end);
    if (excluded == end - start) {
      return treatment == Treatment.GOOD ? new Interval(0, 1) : new Interval(0, 0);
    }
    NoData rule = count(Verdict.IDLE, start, end) > 0 ? contract.idle() : contract.unmeasured();
    return switch (rule) {
      case GOOD -> new Interval(0, 1);
      case BAD -> new Interval(1, 1);
      case EXCLUDED -> new Interval(0, 0);
    };
  }
}
