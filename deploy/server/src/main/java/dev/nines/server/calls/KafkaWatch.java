// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.calls;

import dev.nines.ingest.IngestWatch;
import dev.nines.server.traces.TracedWork;
import jakarta.inject.Singleton;
import java.util.function.Supplier;

/** Kafka as the collectors see it, and their requests, traced now and then. */
@Singleton
public final class KafkaWatch implements IngestWatch {

  private final CallOut kafka;
  private final TracedWork traces;

  public KafkaWatch(CallOuts callOuts, TracedWork traces) {
    this.kafka = callOuts.watched("kafka");
    this.traces = traces;
  }

  @Override
  public <T> T export(String tenant, String signal, Supplier<T> store) {
    return traces.export(tenant, signal, store);
  }

  @Override
  public void acknowledged(boolean byKafka) {
    kafka.ended(byKafka);
  }
}
