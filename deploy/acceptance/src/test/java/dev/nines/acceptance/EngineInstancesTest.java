// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import static dev.nines.acceptance.Instances.eventually;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nines.acceptance.CountLoad.Sum;
import dev.nines.embedded.KafkaProcess;
import dev.nines.objectives.ObjectiveTopics;
import dev.nines.objectives.SloId;
import dev.nines.objectives.SloStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes of role engine share the budgets under load. One gets SIGKILL: the other one goes
 * on with its budgets from the copy that it kept, in time, and every sum is exact. The one that
 * comes back takes its share.
 */
@ExtendWith(OneUp.Away.class)
class EngineInstancesTest {

  private static final Duration TAKEOVER = Duration.ofSeconds(30);
  private static final int TASKS = ObjectiveTopics.SLI_COUNTS.partitions();
  private static final int MUCH = 4_000;
  private static final List<String> REGIONS = List.of("eu", "us");
  private static final List<String> SCOPES = List.of("eu", "us", SloStatus.GLOBAL);
  private static final List<SloId> SLOS =
      IntStream.range(0, 8).mapToObj(i -> new SloId("default", "slo-" + i)).toList();

  @Test
  void theOtherInstanceGoesOnFromItsCopyAndEverySumIsExact(@TempDir Path folder) throws Exception {
    try (KafkaProcess broker = KafkaProcess.start(folder.resolve("kafka"))) {
      Instances engines = new Instances("engine", "evaluation", folder, broker);
      BudgetTopics topics = new BudgetTopics(new LogReader(engines.kafka()));
      engines.publish(SLOS.stream().map(Instances::slo).toList());
      try (RoleProcess a = engines.start("a");
          RoleProcess b = engines.start("b")) {
        engines.awaitShared(TASKS / 2, a, b);
        try (CountLoad load = new CountLoad(engines.kafka(), SLOS, REGIONS)) {
          eventually("all are judged", () -> topics.status().keySet().equals(budgets()));
          eventually("there is much to restore", () -> topics.changelogRecords() > MUCH);
          checkTakeover(engines, a, b, topics);
          try (RoleProcess back = engines.start("a")) {
            engines.awaitShared(TASKS / 2, back, b);
            checkSums(load.end(), topics);
          }
        }
      }
    }
  }

  /** The state of half of the tasks is far more than a tenth of all changelogs. */
  private static void checkTakeover(
      Instances engines, RoleProcess killed, RoleProcess other, BudgetTopics topics) {
    double before = engines.restored(other);
    killed.kill();
    Instant at = Instant.now();
    Duration taken = topics.shownAgain(budgets(), at, TAKEOVER);
    double restored = engines.restored(other) - before;
    assertThat(taken).as("until all budgets are shown again").isLessThan(TAKEOVER);
    assertThat(restored).as("records restored").isLessThan(topics.changelogRecords() / 10.0);
    engines.awaitAlone(TASKS, other);
  }

  private static void checkSums(Map<String, Sum> truth, BudgetTopics topics) {
    await("budgets count the truth")
        .atMost(60, SECONDS)
        .untilAsserted(() -> assertThat(topics.status()).isEqualTo(truth));
    await("ledgers sum up to the truth")
        .atMost(60, SECONDS)
        .untilAsserted(() -> assertThat(topics.ledger()).isEqualTo(truth));
  }

  private static Set<String> budgets() {
    return SLOS.stream()
        .flatMap(slo -> SCOPES.stream().map(scope -> slo + "@" + scope))
        .collect(Collectors.toSet());
  }
}
