// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.paging;

import dev.nines.channels.Destination;
import dev.nines.incident.paging.PageOrder.Event;
import dev.nines.journal.Json;
import dev.nines.journal.Outbox;
import dev.nines.journal.OutboxMessage;
import dev.nines.journal.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Orders pages in the transaction that makes them due; none is ordered twice. */
public final class PageOrders {

  /** Lane of users' later contacts. */
  public static final String CONTACT = "contact";

  private static final String ORDERED =
      """
      INSERT INTO page_ordered (page, incident, run, event, loop, step, user_name, channel)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""";

  /** The log knows the pages of before the orders were kept. */
  private static final String TOLD =
      """
      SELECT channel FROM page_ordered WHERE incident = ? AND event = 'TRIGGER'
      UNION SELECT channel FROM page_log WHERE incident = ? AND event = 'TRIGGER'
      ORDER BY channel""";

  private final Outbox outbox;

  public PageOrders(Outbox outbox) {
    this.outbox = outbox;
  }

  /** Orders a page on each channel of the tenant; how many. */
  public int all(Connection tx, String tenant, PageOrder page) throws SQLException {
    List<Channel> channels = ChannelRows.regular(tx, tenant);
    for (Channel channel : channels) {
      put(tx, channel, page.to("", channel.name()));
    }
    return channels.size();
  }

  /** False when the tenant has no such channel. */
  public boolean one(Connection tx, String tenant, PageOrder page) throws SQLException {
    Optional<Channel> channel = ChannelRows.find(tx, tenant, page.channel());
    if (channel.isEmpty()) {
      return false;
    }
    put(tx, channel.get(), page);
    return true;
  }

  /** As {@link #one}, ordered when it is due and still somebody waits. */
  public boolean later(Connection tx, String tenant, PageOrder page, Instant due)
      throws SQLException {
    if (ChannelRows.find(tx, tenant, page.channel()).isEmpty()) {
      return false;
    }
    PageOrder later = page.asLater();
    String payload = Json.write(later);
    outbox.put(tx, new OutboxMessage(CONTACT, later.key(), later.channel(), "", payload, due));
    return true;
  }

  /**
   * Tells those who were woken, on channels that are still there, that it is acknowledged or over,
   * or what became known.
   */
  public void toldBefore(
      Connection tx, String tenant, String incident, int run, int loop, Event event)
      throws SQLException {
    long number = Long.parseLong(incident);
    for (String name : Sql.rows(tx, TOLD, row -> row.getString(1), number, number)) {
      Optional<Channel> channel = ChannelRows.find(tx, tenant, name);
      if (channel.filter(each -> takes(each, event)).isPresent()) {
        put(
            tx,
            channel.get(),
            new PageOrder(incident, run, event, loop, 0, "", name, false, false));
      }
    }
  }

  /** PagerDuty knows no update: a second trigger would wake somebody again. */
  static boolean takes(Channel channel, Event event) {
    return event != Event.UPDATE || !(channel.destination() instanceof Destination.PagerDuty);
  }

  /** Orders the page on the fallback channel; empty when there is none, or none but this. */
  public Optional<PageOrder> fallback(Connection tx, String tenant, PageOrder page)
      throws SQLException {
    Optional<Channel> fallback = ChannelRows.find(tx, tenant, Channel.FALLBACK);
    if (fallback.isEmpty()) {
      return Optional.empty();
    }
    PageOrder order = page.asFallback();
    return put(tx, fallback.get(), order) ? Optional.of(order) : Optional.empty();
  }

  private boolean put(Connection tx, Channel channel, PageOrder order) throws SQLException {
    int fresh =
        Sql.update(
            tx,
            ORDERED,
            order.key(),
            Long.parseLong(order.incident()),
            order.run(),
            order.event(),
            order.loop(),
            order.step(),
            order.user(),
            order.channel());
    return fresh == 1
        && outbox.put(
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
