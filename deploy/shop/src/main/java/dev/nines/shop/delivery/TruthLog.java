// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop.delivery;

import java.io.IOException;
import java.nio.file.Path;

/**
 * {@code batches.jsonl} and {@code spans.jsonl}. A batch and its spans are in the files before the
 * exporter gets them, so that even after a SIGKILL nothing was sent that is not logged.
 *
 * <p>Used by one thread.
 */
public final class TruthLog implements AutoCloseable {

  private final JsonLines batches;
  private final JsonLines spans;

  private TruthLog(JsonLines batches, JsonLines spans) {
    this.batches = batches;
    this.spans = spans;
  }

  public static TruthLog create(Path directory) throws IOException {
    return new TruthLog(
        JsonLines.create(directory.resolve("batches.jsonl")),
        JsonLines.create(directory.resolve("spans.jsonl")));
  }

  void sent(Batch batch, long atNanos) {
    batch.spans().forEach(span -> spans.write(SpanLine.of(span, batch)));
    spans.flush();
    write(BatchLine.sent(batch, atNanos));
  }

  void write(BatchLine line) {
    batches.write(line);
    batches.flush();
  }

  @Override
  public void close() throws IOException {
    try (batches) {
      spans.close();
    }
  }
}
