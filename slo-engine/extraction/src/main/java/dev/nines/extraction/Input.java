// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import dev.nines.telemetry.Envelope;
import dev.nines.telemetry.Progress;
import java.util.function.Function;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** What a record of {@code telemetry.in} is. */
sealed interface Input {

  record Batch(Envelope envelope) implements Input {}

  record Report(Progress progress) implements Input {}

  /** Ingest wrote something that it never should. */
  record Broken(String reason) implements Input {}

  static Input read(Record<byte[], byte[]> record) {
    Function<String, byte @Nullable []> header = name -> value(record.headers(), name);
    byte @Nullable [] key = record.key();
    byte @Nullable [] body = record.value();
    try {
      if (Progress.isProgress(header)) {
        return new Report(Progress.read(header));
      }
      return key == null || body == null
          ? new Broken("batch without key or value")
          : new Batch(Envelope.read(key, header, body));
    } catch (IllegalArgumentException e) {
      return new Broken(String.valueOf(e.getMessage()));
    }
  }

  private static byte @Nullable [] value(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null ? null : header.value();
  }
}
