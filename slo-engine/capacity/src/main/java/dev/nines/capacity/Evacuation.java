// SPDX-License-Identifier: Apache-2.0
package dev.nines.capacity;

import java.util.ArrayList;
import java.util.List;

/**
 * What one service needs when regions are lost, bucket by bucket and not peak by peak: {@code
 * need_r = max over t, over lost F without r, of [D_r(t) + sum over f in F of s_{f->r}(t) D_f(t) (1
 * + rho)] / u}. Failures are tried one after the other, for they are few.
 */
final class Evacuation {

  private final List<Place> places;
  private final Steered steered;
  private final double movedFactor;
  private final double utilisation;
  private final double unitRate;
  private final int buckets;

  /**
   * @param retryAmplification rho
   * @param utilisation u, the share of the capacity that is planned with
   * @param unitRate requests per second of one unit at full use
   */
  Evacuation(
      List<Place> places,
      Steered steered,
      int buckets,
      double retryAmplification,
      double utilisation,
      double unitRate) {
    this.places = places;
    this.steered = steered;
    this.buckets = buckets;
    this.movedFactor = 1 + retryAmplification;
    this.utilisation = utilisation;
    this.unitRate = unitRate;
  }

  /**
   * What a place must be able to serve at full use, so that the load is within its utilisation.
   *
   * @param lost places whose loss needs most; empty when no loss asks more than every day does
   */
  record Need(double rate, List<Integer> lost, int bucket) {}

  /**
   * One failure in its worst bucket.
   *
   * @param shed requests per second beyond what the places left may serve, and without a receiver
   * @param load all requests per second then, retries with them
   */
  record Loss(List<Integer> lost, int bucket, double shed, double load, List<Integer> overloaded) {}

  /**
   * @param needs by place
   * @param losses every failure, the worst first
   */
  record Outcome(List<Need> needs, List<Loss> losses) {}

  /**
   * @param lost regions at once, 1 or 2
   */
  Outcome of(int lost) {
    List<Need> needs = new ArrayList<>();
    for (Place place : places) {
      int busiest = place.busiest();
      needs.add(new Need(place.demand()[busiest] / utilisation, List.of(), busiest));
    }
    List<Loss> losses = new ArrayList<>();
    for (List<Integer> failure : failures(places.size(), lost)) {
      losses.add(worst(failure, needs));
    }
    losses.sort((one, other) -> Double.compare(other.shed(), one.shed()));
    return new Outcome(needs, losses);
  }

  static List<List<Integer>> failures(int places, int lost) {
    List<List<Integer>> failures = new ArrayList<>();
    for (int f = 0; f < places; f++) {
      if (lost == 1) {
        failures.add(List.of(f));
      }
      for (int g = f + 1; lost == 2 && g < places; g++) {
        failures.add(List.of(f, g));
      }
    }
    return failures;
  }

  /** Raises needs on its way. */
  private Loss worst(List<Integer> failure, List<Need> needs) {
    boolean[] lost = new boolean[places.size()];
    failure.forEach(f -> lost[f] = true);
    Loss worst = new Loss(failure, 0, -1, 0, List.of());
    double[] load = new double[places.size()];
    double[] shares = new double[places.size()];
    for (int t = 0; t < buckets; t++) {
      double shed = move(failure, lost, t, load, shares);
      double all = shed;
      for (int r = 0; r < load.length; r++) {
        all += load[r];
        shed += Amount.excess(load[r], usable(r));
        if (!lost[r] && load[r] / utilisation > needs.get(r).rate()) {
          needs.set(r, new Need(load[r] / utilisation, failure, t));
        }
      }
      if (shed > worst.shed()) {
        worst = new Loss(failure, t, shed, all, overloaded(load));
      }
    }
    return worst;
  }

  /** Fills in the load of each place left; what has no receiver is returned. */
  private double move(
      List<Integer> failure, boolean[] lost, int bucket, double[] load, double[] shares) {
    for (int r = 0; r < load.length; r++) {
      load[r] = lost[r] ? 0 : places.get(r).demand()[bucket];
    }
    double stranded = 0;
    for (int f : failure) {
      double moved = places.get(f).demand()[bucket] * movedFactor;
      if (moved > 0) {
        steered.shares(f, lost, bucket, shares);
        double taken = 0;
        for (int r = 0; r < load.length; r++) {
          load[r] += shares[r] * moved;
          taken += shares[r];
        }
        stranded += Amount.excess(1, taken) * moved;
      }
    }
    return stranded;
  }

  private double usable(int place) {
    return places.get(place).counted() * unitRate * utilisation;
  }

  private List<Integer> overloaded(double[] load) {
    List<Integer> overloaded = new ArrayList<>();
    for (int r = 0; r < load.length; r++) {
      if (Amount.excess(load[r], usable(r)) > 0) {
        overloaded.add(r);
      }
    }
    return overloaded;
  }
}
