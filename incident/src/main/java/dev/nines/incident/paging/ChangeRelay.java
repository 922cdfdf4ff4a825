// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.paging;

import dev.nines.channels.ChangeNotice;
import dev.nines.channels.Destination;
import dev.nines.channels.SendResult;
import dev.nines.channels.Sender;
import dev.nines.channels.Text;
import dev.nines.journal.Delivery;
import dev.nines.journal.Journal;
import dev.nines.journal.Json;
import dev.nines.journal.Outbox;
import dev.nines.journal.OutboxHandler;
import dev.nines.journal.OutboxMessage;
import dev.nines.journal.Outcome;
import dev.nines.objectives.ChangeEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/**
 * Keeps changes for pages to name, and tells PagerDuty of them: drains lane {@code change}, which
 * catalog writes, into one row for each channel of the tenant, and those rows into requests. Nobody
 * is woken by a change, so what is not taken within an hour is set aside, and a repeat is a second
 * line in a list.
 */
public final class ChangeRelay implements OutboxHandler {

  /** Lane of what is told to one channel. */
  public static final String LANE = "change-notice";

  private static final int ATTEMPTS_MAX = 12;
  private static final Duration BACK_OFF_MAX = Duration.ofMinutes(10);
  private static final int SUMMARY_MAX = 1_000;

  private final Journal journal;
  private final Outbox outbox;
  private final Sender sender;

  /** A row of lane {@link #LANE}. */
  record Order(ChangeEvent change, String channel) {}

  public ChangeRelay(Journal journal, Outbox outbox, Sender sender) {
    this.journal = journal;
    this.outbox = outbox;
    this.sender = sender;
  }

  /** Drains {@link ChangeEvent#LANE}: the channels are those of now. */
  public Outcome spread(Delivery delivery) {
    ChangeEvent change = Json.read(delivery.message().payload(), ChangeEvent.class);
    int channels = journal.transact(tx -> spread(tx, change));
    return new Outcome.Delivered("for " + channels + " channels");
  }

  /** Drains {@link #LANE}. */
  @Override
  public Outcome deliver(Delivery delivery) {
    Order order = Json.read(delivery.message().payload(), Order.class);
    ChangeEvent change = order.change();
    return journal
        .transact(tx -> ChannelRows.find(tx, change.tenant(), order.channel()))
        .map(channel -> send(channel, delivery, change))
        .orElseGet(() -> new Outcome.Delivered("not sent: the channel was deleted"));
  }

  private int spread(Connection tx, ChangeEvent change) throws SQLException {
    RecentChanges.keep(tx, change);
    int told = 0;
    for (Channel channel : ChannelRows.list(tx, change.tenant())) {
      if (channel.destination() instanceof Destination.PagerDuty) {
        Order order = new Order(change, channel.name());
        String key = change.id() + "/" + channel.name();
        outbox.put(
            tx,
            new OutboxMessage(LANE, key, channel.route(), "", Json.write(order), Instant.EPOCH));
        told++;
      }
    }
    return told;
  }

  private Outcome send(Channel channel, Delivery delivery, ChangeEvent change) {
    if (!(channel.destination() instanceof Destination.PagerDuty to)) {
      return new Outcome.Delivered("not sent: the channel leads elsewhere now");
    }
    return switch (sender.send(channel.tenant(), to, notice(change))) {
      case SendResult.Sent sent -> new Outcome.Delivered("sent");
      case SendResult.Refused(SendResult.Reason reason, String detail) ->
          new Outcome.Dead(reason + ": " + detail);
      case SendResult.Unavailable(var retryAfter, String detail) ->
          again(delivery, retryAfter.orElse(Duration.ZERO), detail, false);
      case SendResult.Ambiguous(String detail) -> again(delivery, Duration.ZERO, detail, true);
    };
  }

  /** 2 s, 4 s, 8 s up to 10 min, or what the provider asks for if that is more. */
  private static Outcome again(
      Delivery delivery, Duration asked, String detail, boolean ambiguous) {
    if (delivery.attempt() >= ATTEMPTS_MAX) {
      return new Outcome.Dead("given up: " + detail);
    }
    Duration backOff = Duration.ofSeconds(1L << delivery.attempt());
    Duration bounded = backOff.compareTo(BACK_OFF_MAX) > 0 ? BACK_OFF_MAX : backOff;
    return new Outcome.Retry(asked.compareTo(bounded) > 0 ? asked : bounded, detail, ambiguous);
  }

  private static ChangeNotice notice(ChangeEvent change) {
    String what = change.kind() + " of " + change.service() + " " + change.version();
    String where = change.region().isEmpty() ? "" : " in " + change.region();
    String text = change.summary().isEmpty() ? "" : ": " + change.summary();
    return new ChangeNotice(
        change.id(),
        Text.cut(what.strip() + where + text, SUMMARY_MAX),
        change.service(),
        change.at(),
        Json.write(change));
  }
}
