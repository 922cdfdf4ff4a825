// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import java.util.function.Supplier;

/** Port: sees what becomes of requests. */
public interface IngestWatch {

  /** Sees nothing. */
  IngestWatch NONE =
      new IngestWatch() {
        @Override
        public <T> T export(String tenant, String signal, Supplier<T> store) {
          return store.get();
        }

        @Override
        public void acknowledged(boolean byKafka) {
          // Nobody asks.
        }
      };

  /** Stores a request that is admitted, and gives back its answer. */
  <T> T export(String tenant, String signal, Supplier<T> store);

  /** Kafka acknowledged a batch, or did not. */
  void acknowledged(boolean byKafka);
}
