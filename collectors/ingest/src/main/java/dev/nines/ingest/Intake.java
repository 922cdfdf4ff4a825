// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import dev.nines.telemetry.AccountingEntry.Heading;
import dev.nines.telemetry.BatchCut;
import dev.nines.telemetry.BatchIdentity;
import dev.nines.telemetry.Envelope;
import dev.nines.telemetry.MalformedOtlp;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
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
  private final InstantSource clock;

  Intake(
      CollectorConfig config,
      RegionLog log,
      DiskReserve disk,
      PendingRequests requests,
      Accounting accounting,
      IngestMetrics metrics,
      InstantSource clock) {
    this.config = config;
    this.log = log;
    this.disk = disk;
    this.requests = requests;
    this.accounting = accounting;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Why nothing can be taken now; null when it can. Asked before a body is read. */
  Answer.@Nullable Refused obstacle() {
    if (!log.isOpen()) {
      return new Answer.Refused(Fault.STARTING, "the collector has not reached Kafka yet");
    }
    return disk.reached() ? new Answer.Refused(Fault.DISK_RESERVE, disk.toString()) : null;
  }

  /** Blocks until every part of the batch is acknowledged by all in-sync replicas, or refused. */
  Answer store(String tenant, byte[] body) {
    PendingRequests.Pending pending = requests.open();
    try {
      Answer answer = store(tenant, body, pending);
      metrics.body(config.region(), answer, body.length);
      return answer;
    } finally {
      requests.close(pending);
    }
  }

  private Answer store(String tenant, byte[] body, PendingRequests.Pending pending) {
    BatchCut.Cut cut;
    try {
      cut = new BatchCut().cut(body);
    } catch (MalformedOtlp e) {
      return new Answer.Refused(Fault.MALFORMED, "not an OTLP trace request: " + e.getMessage());
    }
    count(tenant, cut);
    Answer answer = await(send(tenant, body, cut, pending), cut);
    int accepted = cut.acceptedSpans();
    if (answer instanceof Answer.Refused(Fault fault, String _)) {
      accounting.add(tenant, Heading.REFUSED, fault.reason(), accepted);
    } else if (accepted > 0) {
      metrics.acknowledged(
          config.region(), Duration.between(pending.receivedAt(), clock.instant()));
    }
    metrics.spans(config.region(), spanOutcome(answer), accepted);
    return answer;
  }

  private void count(String tenant, BatchCut.Cut cut) {
    long offered = (long) cut.acceptedSpans() + cut.rejectedSpans();
    accounting.add(tenant, Heading.OFFERED, "", offered);
    cut.rejected()
        .forEach(
            (defect, spans) -> accounting.add(tenant, Heading.REJECTED, defect.reason(), spans));
    metrics.spans(config.region(), Outcome.REFUSED, cut.rejectedSpans());
  }

  private List<Future<RecordMetadata>> send(
      String tenant, byte[] body, BatchCut.Cut cut, PendingRequests.Pending pending) {
    BatchIdentity identity = BatchIdentity.of(tenant, Envelope.TRACES, body);
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    int parts = cut.parts().size();
    boolean failed = false; // then each further part would wait for Kafka as long as that one did
    for (int part = 0; part < parts && !failed; part++) {
      sent.add(
          log.send(
              new Envelope(
                  identity,
                  tenant,
                  Envelope.TRACES,
                  part,
                  parts,
                  cut.parts().get(part).items(),
                  pending.receivedAt(),
                  config.collectorId(),
                  cut.parts().get(part).body())));
      failed = sent.getLast().state() == Future.State.FAILED;
    }
    return sent;
  }

  /** Waits for all parts, also after one has failed: the producer's delivery timeout bounds it. */
  private static Answer await(List<Future<RecordMetadata>> sent, BatchCut.Cut cut) {
    Answer answer =
        new Answer.Stored(cut.acceptedSpans(), cut.rejectedSpans(), Messages.rejections(cut));
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

  private static Outcome spanOutcome(Answer answer) {
    return switch (answer) {
      case Answer.Stored _ -> Outcome.STORED;
      case Answer.Refused _ -> Outcome.of(answer);
    };
  }
}
