// SPDX-License-Identifier: Apache-2.0
package dev.nines.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nines.capacity.Evacuation.Loss;
import dev.nines.capacity.Evacuation.Need;
import dev.nines.capacity.Evacuation.Outcome;
import dev.nines.objectives.capacity.CapacityModel.Steering;
import dev.nines.objectives.capacity.CapacityModel.Units;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EvacuationTest {

  private static final Offset<Double> EXACT = within(1e-9);

  /** Three regions whose peaks do not fall together. */
  private static final List<Place> THREE =
      List.of(
          place("use1", 12, 90, 60, 40),
          place("usw2", 11, 50, 80, 60),
          place("euw1", 11, 40, 50, 85));

  @Test
  void evenSplitNeeds340() {
    Outcome outcome = outcome(THREE, Steering.EVEN, Map.of(), 0, 1, 1);
    assertThat(rates(outcome)).containsExactly(new double[] {115, 110, 115}, EXACT);
    assertThat(outcome.needs().get(1)).isEqualTo(new Need(110, List.of(0), 1));
    Loss worst = outcome.losses().getFirst();
    assertThat(worst.lost()).containsExactly(1);
    assertThat(worst.bucket()).isEqualTo(2);
    assertThat(worst.shed()).isEqualTo(5, EXACT);
    assertThat(worst.load()).isEqualTo(185, EXACT);
    assertThat(worst.overloaded()).containsExactly(2);
    assertThat(outcome.losses()).filteredOn(loss -> loss.shed() > 0).hasSize(1);
  }

  @Test
  void proportionalSplitNeeds367() {
    Outcome outcome = outcome(THREE, Steering.PROPORTIONAL, Map.of(), 0, 1, 1);
    assertThat(rates(outcome))
        .containsExactly(new double[] {124.615, 116.923, 125.8}, within(0.0005));
    assertThat(outcome.needs().stream().mapToDouble(Need::rate).sum())
        .isEqualTo(367.338, within(0.0005));
  }

  @Test
  void retriesAndUtilisationAreReckonedIn() {
    Outcome outcome = outcome(THREE, Steering.EVEN, Map.of(), 0.5, 0.5, 1);
    assertThat(rates(outcome)[0]).isEqualTo((90 + 25 * 1.5) / 0.5, EXACT);
  }

  @Test
  void aLastRegionHasNowhereToGo() {
    List<Place> one = List.of(place("use1", 100, 7, 9));
    Outcome outcome = outcome(one, Steering.EVEN, Map.of(), 0, 1, 1);
    assertThat(outcome.needs().getFirst()).isEqualTo(new Need(9, List.of(), 1));
    assertThat(outcome.losses().getFirst().shed()).isEqualTo(9, EXACT);
  }

  @Test
  void sharesOfARegionThatIsLostAsWellGoToTheOthersOfTheRow() {
    Map<String, Map<String, Double>> shares = Map.of("use1", Map.of("usw2", 0.6, "euw1", 0.2));
    List<Place> places = List.of(place("use1", 0, 100), place("usw2", 0, 0), place("euw1", 0, 0));
    Outcome two = outcome(places, Steering.GIVEN, shares, 0, 1, 2);
    assertThat(rates(two)).containsExactly(new double[] {100, 80, 80}, EXACT);
    Outcome one = outcome(places, Steering.GIVEN, shares, 0, 1, 1);
    assertThat(rates(one)).containsExactly(new double[] {100, 60, 20}, EXACT);
  }

  @Test
  void onlyDeclaredRegionsReceive() {
    List<Place> places =
        List.of(
            place("a", 10, 30),
            place("b", 10, 10),
            new Place("c", false, new Units(0, 0), 0, d(5)));
    Outcome outcome = outcome(places, Steering.EVEN, Map.of(), 0, 1, 1);
    assertThat(rates(outcome)).containsExactly(new double[] {40, 40, 5}, EXACT);
  }

  /** Against the formula written down plainly: a sum for each region, time and set of the lost. */
  @ParameterizedTest
  @EnumSource(Steering.class)
  void everyNeedIsThatOfTheFormula(Steering steering) {
    Random random = new Random(steering.ordinal());
    for (int round = 0; round < 60; round++) {
      int regions = 2 + random.nextInt(5);
      int lost = 1 + random.nextInt(2);
      List<Place> places = new ArrayList<>();
      Map<String, Map<String, Double>> shares = new HashMap<>();
      for (int r = 0; r < regions; r++) {
        places.add(place("r" + r, random.nextInt(5), random.doubles(6, 0, 100).toArray()));
        Map<String, Double> row = new HashMap<>();
        for (int to = 0; to < regions; to++) {
          if (to != r && random.nextInt(3) > 0) {
            row.put("r" + to, random.nextDouble() / regions);
          }
        }
        shares.put("r" + r, row);
      }
      double[] expected = formula(places, steering, shares, 0.3, 0.8, lost);
      assertThat(rates(outcome(places, steering, shares, 0.3, 0.8, lost)))
          .as("round " + round)
          .containsExactly(expected, EXACT);
    }
  }

  private static double[] formula(
      List<Place> places,
      Steering steering,
      Map<String, Map<String, Double>> shares,
      double rho,
      double u,
      int lost) {
    double[] need = new double[places.size()];
    for (int gone = 0; gone < 1 << places.size(); gone++) {
      int size = Integer.bitCount(gone);
      for (int r = 0; (size == 0 || size == lost) && r < need.length; r++) {
        for (int t = 0; (gone >> r & 1) == 0 && t < places.get(r).demand().length; t++) {
          double load = places.get(r).demand()[t];
          for (int f = 0; f < need.length; f++) {
            if ((gone >> f & 1) == 1) {
              double share = share(places, steering, shares, gone, f, r, t);
              load += share * places.get(f).demand()[t] * (1 + rho);
            }
          }
          need[r] = Math.max(need[r], load / u);
        }
      }
    }
    return need;
  }

  private static double share(
      List<Place> places,
      Steering steering,
      Map<String, Map<String, Double>> shares,
      int gone,
      int from,
      int to,
      int t) {
    double all = 0;
    double left = 0;
    double mine = 0;
    for (int r = 0; r < places.size(); r++) {
      double weight =
          switch (steering) {
            case EVEN -> 1;
            case PROPORTIONAL -> places.get(r).demand()[t];
            case GIVEN -> shares.get("r" + from).getOrDefault("r" + r, 0.0);
          };
      all += weight;
      left += (gone >> r & 1) == 0 ? weight : 0;
      mine = r == to ? weight : mine;
    }
    return left == 0 ? 0 : mine / left * (steering == Steering.GIVEN ? all : 1);
  }

  private static Outcome outcome(
      List<Place> places,
      Steering steering,
      Map<String, Map<String, Double>> shares,
      double rho,
      double u,
      int lost) {
    int buckets = places.getFirst().demand().length;
    return new Evacuation(places, new Steered(steering, places, shares), buckets, rho, u, 10)
        .of(lost);
  }

  private static Place place(String region, long units, double... demand) {
    return new Place(region, true, new Units(units, units), units, demand);
  }

  private static double[] d(double... demand) {
    return demand;
  }

  private static double[] rates(Outcome outcome) {
    return outcome.needs().stream().mapToDouble(Need::rate).toArray();
  }
}
