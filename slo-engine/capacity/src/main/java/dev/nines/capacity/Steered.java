// SPDX-License-Identifier: Apache-2.0
package dev.nines.capacity;

import dev.nines.objectives.capacity.CapacityModel.Steering;
import java.util.List;
import java.util.Map;

/**
 * Where the traffic of a lost region goes. Only regions that the model declares receive; where it
 * declares none, all do.
 */
final class Steered {

  private final Steering steering;
  private final List<Place> places;
  private final Map<String, Map<String, Double>> given;
  private final boolean anyDeclared;

  Steered(Steering steering, List<Place> places, Map<String, Map<String, Double>> given) {
    this.steering = steering;
    this.places = places;
    this.given = given;
    this.anyDeclared = places.stream().anyMatch(Place::declared);
  }

  /**
   * Fills in the share of each place; they sum to at most 1, and what they lack is shed.
   *
   * @param from the lost place
   * @param lost all that are lost
   */
  void shares(int from, boolean[] lost, int bucket, double[] into) {
    switch (steering) {
      case EVEN -> even(lost, into);
      case PROPORTIONAL -> proportional(lost, bucket, into);
      case GIVEN -> given(from, lost, into);
    }
  }

  private boolean receives(int place, boolean[] lost) {
    return !lost[place] && (!anyDeclared || places.get(place).declared());
  }

  private void even(boolean[] lost, double[] into) {
    int receivers = 0;
    for (int r = 0; r < into.length; r++) {
      receivers += receives(r, lost) ? 1 : 0;
    }
    for (int r = 0; r < into.length; r++) {
      into[r] = receives(r, lost) ? 1.0 / receivers : 0;
    }
  }

  /** Even where nobody has any demand to go by. */
  private void proportional(boolean[] lost, int bucket, double[] into) {
    double sum = 0;
    for (int r = 0; r < into.length; r++) {
      into[r] = receives(r, lost) ? places.get(r).demand()[bucket] : 0;
      sum += into[r];
    }
    if (sum == 0) {
      even(lost, into);
      return;
    }
    for (int r = 0; r < into.length; r++) {
      into[r] /= sum;
    }
  }

  /** What was meant for a region that is lost as well goes to the others of the row. */
  private void given(int from, boolean[] lost, double[] into) {
    Map<String, Double> row = given.getOrDefault(places.get(from).region(), Map.of());
    double declared = row.values().stream().mapToDouble(Double::doubleValue).sum();
    double live = 0;
    for (int r = 0; r < into.length; r++) {
      into[r] = lost[r] ? 0 : row.getOrDefault(places.get(r).region(), 0.0);
      live += into[r];
    }
    for (int r = 0; r < into.length && live > 0; r++) {
      into[r] *= declared / live;
    }
  }
}
