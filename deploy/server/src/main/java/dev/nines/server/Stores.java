// SPDX-License-Identifier: Apache-2.0
package dev.nines.server;

import dev.nines.journal.Journal;
import dev.nines.server.calls.CallOuts;
import dev.nines.transport.KafkaClients;
import dev.nines.transport.RocksMemory;
import dev.nines.warehouse.Warehouse;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The stores, each opened when the first active role asks for it. */
@Singleton
public final class Stores {

  private static final int JOURNAL_CONNECTIONS = 16;
  private static final long ROCKS_BYTES = 256L << 20;

  private final NinesConfig config;
  private final Registries registries;
  private final CallOuts callOuts;
  private @Nullable Journal journal;
  private boolean migrated;
  private @Nullable RocksMemory rocks;

  public Stores(NinesConfig config, Registries registries, CallOuts callOuts) {
    this.callOuts = callOuts;
    this.config = config;
    this.registries = registries;
  }

  public KafkaClients kafka() {
    return new KafkaClients(config.kafka().bootstrapServers());
  }

  public Warehouse warehouse() {
    NinesConfig.Clickhouse clickhouse = config.clickhouse();
    return new Warehouse(
        clickhouse.url(),
        clickhouse.database(),
        clickhouse.user(),
        clickhouse.password().orElse(""));
  }

  /**
   * @throws IllegalStateException when the configuration names no PostgreSQL
   * @throws dev.nines.journal.JournalUnavailable when its tables cannot be made yet
   */
  public synchronized Journal journal() {
    if (journal == null) {
      String url =
          config
              .postgres()
              .url()
              .orElseThrow(
                  () -> new IllegalStateException("nines.postgres.url is needed by this role"));
      journal =
          Journal.connect(
              url,
              JOURNAL_CONNECTIONS,
              registries.of(Role.INCIDENT),
              callOuts.watched("postgres")::ended);
    }
    if (!migrated) {
      journal.migrate();
      migrated = true;
    }
    return journal;
  }

  /** Native memory of all Streams stores of this process. */
  public synchronized RocksMemory rocks() {
    if (rocks == null) {
      rocks = new RocksMemory(ROCKS_BYTES);
    }
    return rocks;
  }

  /** Folder of one part's own files. */
  public Path folder(String name) {
    return config.data().resolve(name);
  }

  @PreDestroy
  synchronized void close() {
    if (rocks != null) {
      rocks.close();
    }
    if (journal != null) {
      journal.close();
    }
  }
}
