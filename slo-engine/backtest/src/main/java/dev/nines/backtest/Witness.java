// SPDX-License-Identifier: Apache-2.0
package dev.nines.backtest;

import dev.nines.backtest.history.History;
import dev.nines.objectives.SloId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The alerts that the platform told when it happened, beside those of the playback for the same
 * policies: what a backtest is worth. They can differ by what the log does not have: the moments at
 * which a busy engine got to its records.
 *
 * @param told by the platform, of the SLOs and time of the backtest
 * @param same of them that the playback has too: n-th alert of a policy in a scope beside n-th
 * @param played by the playback
 * @param apart the most that openings of the same alert are apart, by the instants that the engine
 *     gives for them
 */
public record Witness(int told, int same, int played, Duration apart) {

  static Witness of(History history, Set<SloId> slos, List<Alert> played) {
    List<Alert> told =
        Alert.of(history.told()).stream()
            .filter(alert -> slos.contains(alert.slo()))
            .filter(alert -> !alert.opened().isBefore(history.from()))
            .filter(alert -> !alert.opened().isAfter(history.to()))
            .toList();
    Map<List<String>, List<Alert>> before = grouped(told);
    int same = 0;
    Duration apart = Duration.ZERO;
    for (Map.Entry<List<String>, List<Alert>> again : grouped(played).entrySet()) {
      List<Alert> once = before.getOrDefault(again.getKey(), List.of());
      for (int i = 0; i < Math.min(once.size(), again.getValue().size()); i++) {
        Duration between =
            Duration.between(once.get(i).trueAt(), again.getValue().get(i).trueAt()).abs();
        apart = between.compareTo(apart) > 0 ? between : apart;
        same++;
      }
    }
    return new Witness(told.size(), same, played.size(), apart);
  }

  private static Map<List<String>, List<Alert>> grouped(List<Alert> alerts) {
    Map<List<String>, List<Alert>> groups = new HashMap<>();
    for (Alert alert : alerts) {
      String policy = alert.policy().name().replaceFirst("^\\d+:", "");
      groups
          .computeIfAbsent(
              List.of(alert.slo().toString(), alert.scope(), policy), key -> new ArrayList<>())
          .add(alert);
    }
    return groups;
  }
}
