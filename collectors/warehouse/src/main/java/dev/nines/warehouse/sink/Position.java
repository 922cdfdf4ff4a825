// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse.sink;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/**
 * What the consumer group keeps for a partition: the offset of the first record not known to be
 * stored, and in its metadata the plan, if a batch was announced, and the last seqs before it.
 * Written as {@code 1 <last> <mapper version> <seqs>}, with {@code -} for no plan.
 */
record Position(long next, @Nullable Plan plan, LastSeqs seqs) {

  /** Bytes of metadata; the broker's own limit is 4 KiB. */
  static final int MAX_METADATA = 1024;

  private static final String FORMAT = "1";

  OffsetAndMetadata committed() {
    String planned = plan == null ? "- -" : plan.last() + " " + plan.mapperVersion();
    return new OffsetAndMetadata(next, FORMAT + " " + planned + " " + seqs.write());
  }

  /**
   * @throws IllegalStateException when somebody else wrote the metadata
   */
  static Position read(OffsetAndMetadata committed) {
    String metadata = committed.metadata();
    if (metadata.isEmpty()) {
      return new Position(committed.offset(), null, new LastSeqs());
    }
    String[] words = metadata.split(" ", 4);
    if (words.length != 4 || !words[0].equals(FORMAT)) {
      throw new IllegalStateException("unknown offset metadata: " + metadata);
    }
    Plan plan =
        words[1].equals("-")
            ? null
            : new Plan(Long.parseLong(words[1]), Integer.parseInt(words[2]));
    return new Position(committed.offset(), plan, LastSeqs.read(words[3]));
  }
}
