// SPDX-License-Identifier: Apache-2.0
package dev.nines.backtest.history;

import dev.nines.backtest.history.Entry.Kept;
import dev.nines.objectives.LedgerDelta;
import dev.nines.objectives.LedgerDelta.Cause;
import dev.nines.objectives.ObjectiveTopics;
import dev.nines.objectives.SloId;
import dev.nines.transport.JsonSerde;
import dev.nines.transport.KafkaClients;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The minutes of {@code slo.ledger}: sums over all revisions, repeats left out. Of what counted at
 * the time: the past of a line that is not its SLO's first is not in it.
 */
public final class LedgerTopic {

  private static final JsonSerde<LedgerDelta> DELTAS = new JsonSerde<>(LedgerDelta.class);
  private static final Comparator<Kept> ORDER =
      Comparator.comparing(Kept::slo)
          .thenComparingLong(Kept::line)
          .thenComparing(Kept::scope)
          .thenComparing(Kept::group)
          .thenComparingLong(Kept::minute);

  private final KafkaClients kafka;
  private final String tenant;

  public LedgerTopic(KafkaClients kafka, String tenant) {
    this.kafka = kafka;
    this.tenant = tenant;
  }

  /** As far as the topic goes now. */
  public List<Kept> minutes() {
    Map<Key, long[]> sums = new HashMap<>();
    Repeats repeats = new Repeats();
    try (TopicReader reader = new TopicReader(kafka, ObjectiveTopics.SLO_LEDGER)) {
      for (Optional<TopicReader.Read> read = reader.next();
          read.isPresent();
          read = reader.next()) {
        LedgerDelta delta = DELTAS.read(read.get().value());
        if (repeats.isFirst(delta.task(), delta.seq())
            && delta.slo().tenant().equals(tenant)
            && delta.cause() != Cause.RECOUNT) {
          add(sums, delta);
        }
      }
    }
    List<Kept> minutes = new ArrayList<>();
    sums.forEach((key, sum) -> minutes.add(key.with(sum)));
    minutes.sort(ORDER);
    return minutes;
  }

  private static void add(Map<Key, long[]> sums, LedgerDelta delta) {
    Key key =
        new Key(
            delta.slo(),
            delta.line(),
            delta.scope(),
            delta.group(),
            delta.minuteStart().getEpochSecond());
    long[] sum = sums.computeIfAbsent(key, absent -> new long[3]);
    sum[0] += delta.good();
    sum[1] += delta.total();
    sum[2] += delta.uncertain();
  }

  private record Key(SloId slo, long line, String scope, String group, long minute) {
    Kept with(long[] sum) {
      return new Kept(slo, line, scope, group, minute, sum[0], sum[1], sum[2]);
    }
  }
}
