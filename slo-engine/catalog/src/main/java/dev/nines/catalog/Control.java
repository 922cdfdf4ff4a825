// SPDX-License-Identifier: Apache-2.0
package dev.nines.catalog;

import dev.nines.journal.AuditTrail;
import dev.nines.journal.Json;
import dev.nines.journal.Migrations;
import dev.nines.journal.Outbox;
import dev.nines.journal.OutboxMessage;
import dev.nines.transport.Topic;
import java.sql.Connection;
import java.time.Instant;
import javax.sql.DataSource;

/** What every change of control data writes beside its row: one outbox row and one audit row. */
final class Control {

  static final String LANE = "control";

  private final Outbox outbox = new Outbox();
  private final AuditTrail audit = new AuditTrail();

  /** Creates or upgrades the catalog's tables. */
  static void migrate(DataSource dataSource) {
    Migrations.run(dataSource, "classpath:db/catalog", "catalog_migrations");
  }

  /**
   * Call it last in a transaction.
   *
   * @param version of the record, distinguishes messages with the same key
   * @param detail what the audit trail keeps, written as JSON
   */
  void write(
      Connection transaction,
      Topic topic,
      String key,
      String version,
      Object value,
      AuditTrail.Entry entry) {
    Instant at = entry.at();
    outbox.put(
        transaction,
        new OutboxMessage(
            LANE,
            topic.name() + "/" + key + "#" + version,
            topic.name(),
            key,
            Json.write(value),
            at));
    audit.append(transaction, entry);
  }
}
