// SPDX-License-Identifier: Apache-2.0
package dev.nines.backtest.history;

import dev.nines.telemetry.Acceptance;
import dev.nines.telemetry.Envelope;
import dev.nines.telemetry.TelemetryTopics;
import dev.nines.transport.KafkaClients;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The batches of one tenant that counted, of all regions, merged by the times at which they came;
 * what a mirror wrote twice is left out.
 */
public final class AcceptedLog implements AutoCloseable {

  private static final String PREFIX = TelemetryTopics.accepted("").name();

  private final String tenant;
  private final Set<String> regions;
  private final TopicReader reader;
  private final List<Partition> partitions;
  private final Merged<Batch> merged;

  /**
   * @param headers as ingest wrote them, and those of {@link Acceptance}
   */
  public record Batch(Acceptance acceptance, byte[] key, byte[] body, Headers headers) {

    long at() {
      return acceptance.appendedAt().toEpochMilli();
    }
  }

  public AcceptedLog(KafkaClients kafka, String tenant) {
    this.tenant = tenant;
    this.regions = regionsOf(kafka);
    this.reader =
        new TopicReader(
            kafka, regions.stream().map(TelemetryTopics::accepted).toList(), AcceptedLog::at);
    this.partitions = reader.partitions().stream().map(Partition::new).toList();
    this.merged = new Merged<>(partitions, Batch::at);
  }

  public Set<String> regions() {
    return regions;
  }

  /** From there on, epoch milliseconds, all of it is there; empty when retention took nothing. */
  public OptionalLong wholeFrom(Instant now) {
    return reader.wholeFrom(now);
  }

  /** Empty at the end. */
  public Optional<Batch> next() {
    return merged.next();
  }

  @Override
  public void close() {
    reader.close();
  }

  private static long at(TopicReader.Read read) {
    return Acceptance.read(header(read.headers())).appendedAt().toEpochMilli();
  }

  private static Function<String, byte @Nullable []> header(Headers headers) {
    return name -> {
      Header header = headers.lastHeader(name);
      return header == null ? null : header.value();
    };
  }

  private static Set<String> regionsOf(KafkaClients kafka) {
    Set<String> regions = new TreeSet<>();
    try (Admin admin = kafka.admin()) {
      for (String topic : admin.listTopics().names().get()) {
        if (topic.startsWith(PREFIX)) {
          regions.add(TelemetryTopics.region(topic));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    } catch (ExecutionException e) {
      throw new KafkaException(e.getCause());
    }
    return regions;
  }

  /** One partition: of the tenant, each once. */
  private final class Partition implements Supplier<Optional<Batch>> {

    private final TopicPartition name;
    private final Repeats repeats = new Repeats();

    Partition(TopicPartition name) {
      this.name = name;
    }

    @Override
    public Optional<Batch> get() {
      for (Optional<TopicReader.Read> next = reader.next(name);
          next.isPresent();
          next = reader.next(name)) {
        Batch batch = batch(next.get());
        Acceptance accepted = batch.acceptance();
        String task = accepted.region() + '/' + accepted.task();
        if (repeats.isFirst(task, accepted.seq()) && ofTenant(batch)) {
          return Optional.of(batch);
        }
      }
      return Optional.empty();
    }

    private static Batch batch(TopicReader.Read read) {
      return new Batch(
          Acceptance.read(header(read.headers())), read.key(), read.value(), read.headers());
    }

    private boolean ofTenant(Batch batch) {
      return Envelope.read(batch.key(), header(batch.headers()), batch.body())
          .tenant()
          .equals(tenant);
    }
  }
}
