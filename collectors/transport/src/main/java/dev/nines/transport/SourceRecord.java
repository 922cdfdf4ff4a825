// SPDX-License-Identifier: Apache-2.0
package dev.nines.transport;

import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;

/**
 * The bytes that a processor's present record came as. Since 4.1 (KIP-1034, for dead letters, which
 * we don't use) Kafka Streams keeps them in the context of the record, which each entry of a
 * store's cache holds, and counts them nowhere: 850 MB of bodies behind 32 MiB of cache.
 */
public final class SourceRecord {

  private SourceRecord() {}

  /** To be called before a processor writes to a store. */
  public static void forget(ProcessorContext<?, ?> context) {
    if (context instanceof InternalProcessorContext<?, ?> internal
        && internal.recordContext() != null) {
      internal.recordContext().freeRawRecord();
    }
  }
}
