// SPDX-License-Identifier: Apache-2.0
package dev.nines.backtest.history;

import dev.nines.objectives.CountRecord;
import dev.nines.objectives.CountRecord.CompleteTo;
import dev.nines.objectives.ObjectiveTopics;
import dev.nines.transport.JsonSerde;
import dev.nines.transport.KafkaClients;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;

/**
 * {@code sli.counts} as one log: its partitions merged by their times, each in its own order, and
 * repeats left out as evaluation does.
 *
 * <p>Progress stands in every partition, behind the counts of its task that it covers. It is given
 * with the last of these copies, so that it overtakes none of them.
 */
public final class CountLog implements AutoCloseable {

  private static final JsonSerde<CountRecord> COUNTS = new JsonSerde<>(CountRecord.class);

  private final TopicReader reader;
  private final List<Partition> partitions;
  private final Merged<Read> merged;
  private final Map<String, Integer> copies = new HashMap<>();

  /**
   * @param at epoch milliseconds of the log
   */
  public record Read(long at, CountRecord value) {}

  public CountLog(KafkaClients kafka) {
    this.reader = new TopicReader(kafka, ObjectiveTopics.SLI_COUNTS);
    this.partitions = reader.partitions().stream().map(Partition::new).toList();
    this.merged = new Merged<>(partitions, Read::at);
  }

  /** From there on, epoch milliseconds, all of it is there; empty when retention took nothing. */
  public OptionalLong wholeFrom(Instant now) {
    return reader.wholeFrom(now);
  }

  /** Empty at the end. */
  public Optional<Read> next() {
    Optional<Read> read = merged.next();
    while (read.isPresent() && read.get().value() instanceof CompleteTo told && !last(told)) {
      read = merged.next();
    }
    return read;
  }

  private boolean last(CompleteTo told) {
    String copy = told.region() + '/' + told.task() + '/' + told.seq();
    int seen = copies.merge(copy, 1, Integer::sum);
    if (seen == partitions.size()) {
      copies.remove(copy);
      return true;
    }
    return false;
  }

  @Override
  public void close() {
    reader.close();
  }

  /** One partition without its repeats. */
  private final class Partition implements Supplier<Optional<Read>> {

    private final TopicPartition name;
    private final Repeats repeats = new Repeats();

    Partition(TopicPartition name) {
      this.name = name;
    }

    @Override
    public Optional<Read> get() {
      for (Optional<TopicReader.Read> next = reader.next(name);
          next.isPresent();
          next = reader.next(name)) {
        CountRecord value = COUNTS.read(next.get().value());
        if (repeats.isFirst(value.region() + '/' + value.task(), value.seq())) {
          return Optional.of(new Read(next.get().at(), value));
        }
      }
      return Optional.empty();
    }
  }
}
