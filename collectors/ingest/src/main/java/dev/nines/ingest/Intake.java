// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import dev.nines.ingest.redaction.Redactor;
import dev.nines.ingest.series.Admission;
import dev.nines.ingest.series.SeriesTable;
import dev.nines.telemetry.AccountingEntry.Heading;
import dev.nines.telemetry.BatchCut;
import dev.nines.telemetry.BatchIdentity;
import dev.nines.telemetry.BatchPart;
import dev.nines.telemetry.Envelope;
import dev.nines.telemetry.MalformedOtlp;
import dev.nines.telemetry.Signal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/** Takes whole bodies, whatever protocol they came by, and answers when Kafka has answered. */
final class Intake {

  private final CollectorConfig config;
  private final RegionLog log;
  private final DiskReserve disk;
  private final PendingRequests requests;
  private final Accounting accounting;
  private final IngestMetrics metrics;
  private final OtlpJson json;
  private final SeriesTable series;
  private final Redactor redactor;
  private final InstantSource clock;

  Intake(
      CollectorConfig config,
      RegionLog log,
      DiskReserve disk,
      PendingRequests requests,
      Accounting accounting,
      IngestMetrics metrics,
      OtlpJson json,
      SeriesTable series,
      Redactor redactor,
      InstantSource clock) {
    this.config = config;
    this.log = log;
    this.disk = disk;
    this.requests = requests;
    this.accounting = accounting;
    this.metrics = metrics;
    this.json = json;
    this.series = series;
    this.redactor = redactor;
    this.clock = clock;
  }

  /** Why nothing can be taken now; null when it can. Asked before a body is read. */
  Answer.@Nullable Refused obstacle() {
    if (!log.isOpen()) {
      return new Answer.Refused(Fault.STARTING, "the collector has not reached Kafka yet");
    }
    return disk.reached() ? new Answer.Refused(Fault.DISK_RESERVE, disk.toString()) : null;
  }

  /**
   * What another protocol's body became.
   *
   * @param otlp of what is sound in it
   * @param rejected items that are not, by a bounded word
   */
  record Translated(byte[] otlp, Map<String, Integer> rejected) {}

  /** Blocks until every part of the batch is acknowledged by all in-sync replicas, or refused. */
  Answer store(Export export, Received.Whole whole) {
    Received encoded =
        switch (export.format()) {
          case PROTOBUF -> whole;
          case JSON -> json.translate(export.signal(), whole);
        };
    return switch (encoded) {
      case Received.Broken(Fault fault, String message) -> {
        Answer refused = new Answer.Refused(fault, message);
        metrics.body(config.region(), refused, whole.body().length);
        yield refused;
      }
      case Received.Whole(byte[] body, InFlightBytes.Reservation _) ->
          store(export, whole, new Translated(body, Map.of()));
    };
  }

  /**
   * Identity and parts are those of the body as it was sent, so that a retry finds them whatever is
   * redacted by then; what is stored is always protobuf.
   */
  Answer store(Export export, Received.Whole sent, Translated translated) {
    PendingRequests.Pending pending = requests.open();
    try {
      BatchIdentity identity =
          BatchIdentity.of(export.tenant(), export.signal().word(), sent.body());
      Batch batch = new Batch(export.tenant(), export.signal(), identity, pending.receivedAt());
      Answer answer = store(batch, translated, sent.reservation().beside());
      metrics.body(config.region(), answer, sent.body().length);
      return answer;
    } finally {
      requests.close(pending);
    }
  }

  private record Batch(String tenant, Signal signal, BatchIdentity identity, Instant receivedAt) {}

  /**
   * @param room for the plan of a batch that must be cut, which of small items is many times its
   *     body
   */
  private Answer store(Batch batch, Translated translated, Room room) {
    Admission admission = series.open(batch.tenant);
    BatchCut.Cut cut;
    try {
      cut = new BatchCut(batch.signal).cut(translated.otlp, room::need, admission);
    } catch (Room.None e) {
      return e.answer();
    } catch (MalformedOtlp e) {
      return new Answer.Refused(
          Fault.MALFORMED, "not an OTLP request of " + batch.signal.word() + ": " + e.getMessage());
    }
    count(batch, cut);
    translated.rejected.forEach((reason, items) -> reject(batch, reason, items));
    Answer answer = await(send(batch, cut), stored(batch.signal, cut, admission));
    int accepted = cut.acceptedItems();
    if (answer instanceof Answer.Refused(Fault fault, String _)) {
      accounting.add(batch.tenant, batch.signal, Heading.REFUSED, fault.reason(), accepted);
    } else if (accepted > 0) {
      metrics.acknowledged(config.region(), Duration.between(batch.receivedAt, clock.instant()));
    }
    metrics.items(config.region(), batch.signal, itemOutcome(answer), accepted);
    return answer;
  }

  private void count(Batch batch, BatchCut.Cut cut) {
    long offered = (long) cut.acceptedItems() + cut.rejectedItems();
    accounting.add(batch.tenant, batch.signal, Heading.OFFERED, "", offered);
    cut.rejected()
        .forEach(
            (defect, items) ->
                accounting.add(
                    batch.tenant, batch.signal, Heading.REJECTED, defect.reason(), items));
    metrics.items(config.region(), batch.signal, Outcome.REFUSED, cut.rejectedItems());
  }

  /** Before there was a batch. */
  private void reject(Batch batch, String reason, int items) {
    accounting.add(batch.tenant, batch.signal, Heading.OFFERED, "", items);
    accounting.add(batch.tenant, batch.signal, Heading.REJECTED, reason, items);
    metrics.items(config.region(), batch.signal, Outcome.REFUSED, items);
  }

  private List<Future<RecordMetadata>> send(Batch batch, BatchCut.Cut cut) {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    int parts = cut.parts().size();
    boolean failed = false; // then each further part would wait for Kafka as long as that one did
    for (int part = 0; part < parts && !failed; part++) {
      if (cut.parts().get(part).items() == 0) {
        continue;
      }
      sent.add(
          log.send(
              new Envelope(
                  batch.identity,
                  batch.tenant,
                  batch.signal.word(),
                  part,
                  parts,
                  cut.parts().get(part).items(),
                  batch.receivedAt,
                  config.collectorId(),
                  redacted(batch, cut.parts().get(part)))));
      failed = sent.getLast().state() == Future.State.FAILED;
    }
    return sent;
  }

  private byte[] redacted(Batch batch, BatchPart part) {
    return redactor.redact(
        batch.tenant,
        batch.signal,
        part.body(),
        (kind, values) -> metrics.redacted(config.region(), kind, values));
  }

  private static Answer stored(Signal signal, BatchCut.Cut cut, Admission admission) {
    return new Answer.Stored(
        signal,
        cut.acceptedItems(),
        cut.rejectedItems(),
        Messages.rejections(signal, cut, admission.rules()),
        admission.omitted());
  }

  /** Waits for all parts, also after one has failed: the producer's delivery timeout bounds it. */
  private static Answer await(List<Future<RecordMetadata>> sent, Answer whenAllAreThere) {
    Answer answer = whenAllAreThere;
    for (Future<RecordMetadata> part : sent) {
      try {
        part.get();
      } catch (ExecutionException e) {
        answer = refused(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return new Answer.Refused(Fault.KAFKA, "the collector is leaving");
      }
    }
    return answer;
  }

  private static Answer refused(@Nullable Throwable cause) {
    return cause instanceof RecordTooLargeException
        ? new Answer.Refused(Fault.BROKER_LIMIT, "the broker's record limit is under 1 MiB")
        : new Answer.Refused(Fault.KAFKA, "Kafka did not acknowledge the batch; send it again");
  }

  private static Outcome itemOutcome(Answer answer) {
    return switch (answer) {
      case Answer.Stored _ -> Outcome.STORED;
      case Answer.Refused _ -> Outcome.of(answer);
    };
  }
}
