// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.paging;

import dev.nines.incident.paging.PageOrder.Event;
import dev.nines.journal.Json;
import dev.nines.journal.Outbox;
import dev.nines.journal.OutboxMessage;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Orders pages in the transaction that makes them due. */
public final class PageOrders {

  private static final int STEP = 0;

  private final Outbox outbox;

  public PageOrders(Outbox outbox) {
    this.outbox = outbox;
  }

  /** Orders a page on each channel of the tenant; how many. */
  public int all(Connection tx, String tenant, String incident, int run, Event event, int loop)
      throws SQLException {
    List<Channel> channels = ChannelRows.regular(tx, tenant);
    for (Channel channel : channels) {
      put(tx, channel, new PageOrder(incident, run, event, loop, STEP, channel.name(), false));
    }
    return channels.size();
  }

  /** Tells those who were woken, on whatever channel, that it is acknowledged or over. */
  public void toldBefore(Connection tx, String tenant, String incident, int run, Event event)
      throws SQLException {
    for (Channel channel : ChannelRows.list(tx, tenant)) {
      put(tx, channel, new PageOrder(incident, run, event, 0, STEP, channel.name(), false));
    }
  }

  /** Orders the page on the fallback channel; empty when there is none, or none but this. */
  public Optional<PageOrder> fallback(
      Connection tx, String tenant, String incident, int run, int loop) throws SQLException {
    Optional<Channel> fallback = ChannelRows.find(tx, tenant, Channel.FALLBACK);
    if (fallback.isEmpty()) {
      return Optional.empty();
    }
    PageOrder order =
        new PageOrder(incident, run, Event.TRIGGER, loop, STEP, Channel.FALLBACK, true);
    return put(tx, fallback.get(), order) ? Optional.of(order) : Optional.empty();
  }

  private boolean put(Connection tx, Channel channel, PageOrder order) {
    return outbox.put(
        tx,
        new OutboxMessage(
            PageOrder.LANE,
            order.key(),
            channel.route(),
            order.order(),
            Json.write(order),
            Instant.EPOCH));
  }
}
