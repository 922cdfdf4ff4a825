// SPDX-License-Identifier: Apache-2.0
package dev.nines.backtest.history;

import dev.nines.objectives.CountRecord;
import dev.nines.objectives.CountRecord.CompleteTo;
import dev.nines.objectives.ObjectiveTopics;
import dev.nines.transport.JsonSerde;
import dev.nines.transport.KafkaClients;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code sli.counts} as one log: its partitions merged by their times, each in its own order, and
 * repeats left out as evaluation does.
 *
 * <p>Progress stands in every partition, behind the counts of its task that it covers. It is given
 * with the last of these copies, so that it overtakes none of them.
 */
public final class CountLog implements AutoCloseable {

  private static final JsonSerde<CountRecord> COUNTS = new JsonSerde<>(CountRecord.class);

  private final List<Partition> partitions = new ArrayList<>();
  private final Map<String, Integer> copies = new HashMap<>();
  private boolean cut;

  /**
   * @param at epoch milliseconds of the log
   */
  public record Read(long at, CountRecord value) {}

  public CountLog(KafkaClients kafka) {
    TopicReader.partitions(kafka, ObjectiveTopics.SLI_COUNTS)
        .forEach(
            partition -> {
              TopicReader reader = new TopicReader(kafka, List.of(partition));
              cut |= reader.cut();
              partitions.add(new Partition(reader));
            });
  }

  /** Retention took something from the beginning. */
  public boolean cut() {
    return cut;
  }

  /** Empty at the end. */
  public Optional<Read> next() {
    while (true) {
      Optional<Partition> first =
          partitions.stream()
              .filter(partition -> partition.head() != null)
              .min(Comparator.comparingLong(Partition::at));
      if (first.isEmpty()) {
        return Optional.empty();
      }
      Read read = first.get().take();
      if (!(read.value() instanceof CompleteTo told) || last(told)) {
        return Optional.of(read);
      }
    }
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
    partitions.forEach(partition -> partition.reader.close());
  }

  /** One partition, whose next record is known. */
  private static final class Partition {

    private final TopicReader reader;
    private final Map<String, Long> sequences = new HashMap<>();
    private @Nullable Read head;

    Partition(TopicReader reader) {
      this.reader = reader;
      advance();
    }

    @Nullable Read head() {
      return head;
    }

    long at() {
      return head == null ? Long.MAX_VALUE : head.at();
    }

    Read take() {
      Read taken = Objects.requireNonNull(head);
      advance();
      return taken;
    }

    private void advance() {
      head = null;
      for (Optional<TopicReader.Read> next = reader.next();
          next.isPresent();
          next = reader.next()) {
        CountRecord value = COUNTS.read(next.get().value());
        if (beyond(value)) {
          head = new Read(next.get().at(), value);
          return;
        }
      }
    }

    private boolean beyond(CountRecord value) {
      String task = value.region() + '/' + value.task();
      if (value.seq() <= sequences.getOrDefault(task, 0L)) {
        return false;
      }
      sequences.put(task, value.seq());
      return true;
    }
  }
}
