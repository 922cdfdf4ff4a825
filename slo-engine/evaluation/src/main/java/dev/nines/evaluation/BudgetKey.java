// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.objectives.SloId;
import dev.nines.transport.SumKey;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;

/** Names the events of one SLO's line in one region. */
record BudgetKey(SloId slo, long line, String region) {

  private static final char HEAD = 'h';
  private static final char CHUNK = 'k';

  Bytes head() {
    return Bytes.wrap(new SumKey(HEAD, List.of(slo.toString(), region), List.of(line)).bytes());
  }

  static BudgetKey read(Bytes head) {
    SumKey key = SumKey.read(head.get());
    return new BudgetKey(
        SloId.parse(key.texts().get(0)), key.numbers().getFirst(), key.texts().get(1));
  }

  Bytes chunk(Rung rung, long chunk) {
    List<Long> numbers = List.of(line, (long) rung.ordinal(), chunk);
    return Bytes.wrap(new SumKey(CHUNK, List.of(slo.toString(), region), numbers).bytes());
  }
}
