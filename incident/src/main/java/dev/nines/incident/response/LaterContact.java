// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.response;

import dev.nines.incident.paging.PageOrder;
import dev.nines.incident.paging.PageOrders;
import dev.nines.journal.Delivery;
import dev.nines.journal.Journal;
import dev.nines.journal.Json;
import dev.nines.journal.OutboxHandler;
import dev.nines.journal.Outcome;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Drains lane {@link PageOrders#CONTACT}: a user's later contacts, while nobody has acknowledged.
 */
public final class LaterContact implements OutboxHandler {

  private final Journal journal;
  private final PageOrders pages;

  public LaterContact(Journal journal, PageOrders pages) {
    this.journal = journal;
    this.pages = pages;
  }

  @Override
  public Outcome deliver(Delivery delivery) {
    PageOrder order = Json.read(delivery.message().payload(), PageOrder.class);
    return new Outcome.Delivered(journal.transact(tx -> due(tx, order)));
  }

  private String due(Connection tx, PageOrder order) throws SQLException {
    Incident incident = IncidentRows.lock(tx, order.incident()).orElseThrow();
    boolean waits =
        incident.state() instanceof IncidentState.Triggered
            && incident.run() == order.run()
            && incident.loop() == order.loop();
    if (!waits) {
      return "nobody waits any more";
    }
    return pages.one(tx, incident.tenant(), order) ? "ordered" : "the channel was deleted";
  }
}
