// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.nines.archive.IncidentSpans.Cost;
import dev.nines.objectives.LedgerDelta;
import dev.nines.objectives.LedgerDelta.Cause;
import dev.nines.objectives.SloId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random incidents over a random ledger in the real engine, beside a sum minute by minute. */
class IncidentSpansTest extends TableTest {

  private static final Instant T = Instant.parse("2026-11-20T10:00:00Z");
  private static final int MINUTES = 240;
  private static final JsonMapper JSON = new JsonMapper();

  private final List<ConsumerRecord<byte[], byte[]>> events = new ArrayList<>();
  private final List<ConsumerRecord<byte[], byte[]>> deltas = new ArrayList<>();

  private record Run(int incident, int run, Instant began, @Nullable Instant ended) {}

  @Test
  void everyMinuteIsOfTheIncidentThatBeganFirst() throws Exception {
    Random random = new Random(6);
    for (int round = 0; round < 8; round++) {
      SloId slo = new SloId("acme", "slo-" + round);
      List<Run> runs = runs(random, slo, 100 * round);
      Map<Integer, Long> bad = ledger(random, slo);
      store(new IncidentEventRows(), "incident_events", events);
      store(new LedgerRows(), "ledger", deltas);
      events.clear();
      deltas.clear();
      int from = random.nextInt(60);
      int to = MINUTES - random.nextInt(60);
      assertThat(
              new IncidentSpans(query)
                  .costs(slo, new LedgerAccount.AtTheTime(), minute(from), minute(to)))
          .as("round %d, minutes %d to %d of %s", round, from, to, runs)
          .isEqualTo(brute(runs, bad, from, to));
    }
  }

  private List<Run> runs(Random random, SloId slo, int firstId) throws Exception {
    List<Run> runs = new ArrayList<>();
    for (int i = 1; i <= 4; i++) {
      Instant began = T.plusSeconds(random.nextInt(MINUTES * 60 / 10) * 10L);
      Instant ended = random.nextInt(5) == 0 ? null : began.plusSeconds(random.nextInt(3_000));
      runs.add(new Run(firstId + i, 1, began, ended));
      if (ended != null && random.nextBoolean()) {
        Instant again = ended.plusSeconds(300);
        runs.add(new Run(firstId + i, 2, again, again.plusSeconds(random.nextInt(900))));
      }
    }
    for (Run run : runs) {
      event(slo, run, "TRIGGERED", run.began().plusSeconds(40));
      if (run.ended() != null) {
        event(slo, run, "RESOLVED", run.ended());
      }
    }
    return runs;
  }

  private void event(SloId slo, Run run, String state, Instant at) throws Exception {
    Map<String, Object> payload =
        Map.of(
            "slo", slo.toString(),
            "state", state,
            "run", run.run(),
            "firstBadAt", run.began().toString());
    String id = run.incident() + "-" + (events.size() + 1);
    events.add(
        Records.json(
            IncidentEvent.class,
            "incident.events",
            events.size(),
            new IncidentEvent(id, slo.tenant(), "noted", at, JSON.valueToTree(payload))));
  }

  /** Bad events by minute: two regions, of which one is corrected later. */
  private Map<Integer, Long> ledger(Random random, SloId slo) {
    Map<Integer, Long> bad = new HashMap<>();
    for (int i = 0; i < MINUTES; i++) {
      for (String region : List.of("eu", "us")) {
        long good = random.nextInt(50);
        long failed = random.nextInt(4) == 0 ? random.nextInt(20) : 0;
        delta(slo, region, minute(i), good, good + failed, Cause.ON_TIME);
        bad.merge(i, failed, Long::sum);
      }
      if (random.nextInt(10) == 0) {
        delta(slo, "eu", minute(i), 0, 3, Cause.LATE);
        bad.merge(i, 3L, Long::sum);
      }
    }
    return bad;
  }

  private void delta(SloId slo, String region, Instant minute, long good, long total, Cause cause) {
    LedgerDelta delta =
        new LedgerDelta(
            slo, 1, 1, region, "", minute, good, total, 0, 0, cause, minute, "0_1", deltas.size());
    deltas.add(Records.json(LedgerDelta.class, "slo.ledger", deltas.size(), delta));
  }

  private static List<Cost> brute(List<Run> runs, Map<Integer, Long> bad, int from, int to) {
    Map<String, Long> costs = new HashMap<>();
    List<Run> ordered =
        runs.stream()
            .sorted(
                Comparator.comparing(Run::began)
                    .thenComparing(Run::incident)
                    .thenComparing(Run::run))
            .toList();
    for (int i = from; i < to; i++) {
      for (Run run : ordered) {
        boolean begins = run.began().isBefore(minute(i + 1));
        boolean lasts = run.ended() == null || run.ended().isAfter(minute(i));
        if (begins && lasts) {
          costs.merge(String.valueOf(run.incident()), bad.get(i), Long::sum);
          break;
        }
      }
    }
    return costs.entrySet().stream()
        .filter(entry -> entry.getValue() > 0)
        .map(entry -> new Cost(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparingLong(Cost::bad).reversed().thenComparing(Cost::incident))
        .toList();
  }

  private static Instant minute(int number) {
    return T.plusSeconds(number * 60L);
  }
}
