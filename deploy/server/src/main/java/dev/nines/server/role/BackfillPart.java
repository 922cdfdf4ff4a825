// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.role;

import dev.nines.archive.StoredHistory;
import dev.nines.archive.retention.Retention;
import dev.nines.catalog.Catalog;
import dev.nines.catalog.backfill.BackfillMetrics;
import dev.nines.catalog.backfill.BackfillRun;
import dev.nines.catalog.backfill.Backfilling;
import dev.nines.catalog.backfill.Backfills;
import dev.nines.catalog.backfill.PastRecords;
import dev.nines.journal.JournalUnavailable;
import dev.nines.server.Part;
import dev.nines.server.Registries;
import dev.nines.server.Role;
import dev.nines.server.Stores;
import dev.nines.warehouse.Query;
import dev.nines.warehouse.QueryLimits;
import dev.nines.warehouse.WarehouseException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;

/** Role api: new lines get the counts of their period. */
@Singleton
public final class BackfillPart implements Part {

  /** A day of a large tenant's spans is read in one question. */
  private static final QueryLimits LIMITS = new QueryLimits(Duration.ofMinutes(2), 100_000);

  private final Query query;
  private final PastRecords records;
  private final Backfilling backfilling;

  public BackfillPart(
      Stores stores,
      Catalog catalog,
      Backfills backfills,
      Retention retention,
      Registries registries,
      InstantSource clock) {
    query = new Query(stores.warehouse(), LIMITS);
    records = new PastRecords(stores.kafka());
    BackfillRun run =
        new BackfillRun(
            backfills,
            catalog::latest,
            new StoredHistory(query, retention),
            records::send,
            new BackfillMetrics(registries.of(Role.API)),
            clock);
    backfilling = new Backfilling(run, BackfillPart::storeIsAway);
  }

  private static boolean storeIsAway(RuntimeException failure) {
    return failure instanceof JournalUnavailable
        || (failure instanceof WarehouseException away
            && away.code() == WarehouseException.UNAVAILABLE)
        || failure instanceof KafkaException;
  }

  @Override
  public String name() {
    return "back-fill";
  }

  @Override
  public void start() {
    backfilling.start();
  }

  @Override
  public Optional<String> check() {
    return backfilling.check();
  }

  @Override
  public Optional<String> note() {
    return backfilling.trouble();
  }

  @Override
  public void close() {
    backfilling.close();
    records.close();
    query.close();
  }
}
