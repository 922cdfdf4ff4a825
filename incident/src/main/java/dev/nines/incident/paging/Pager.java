// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.paging;

import dev.nines.channels.Notification;
import dev.nines.channels.SendResult;
import dev.nines.channels.Sender;
import dev.nines.incident.paging.PageLog.Result;
import dev.nines.incident.paging.PageOrder.Event;
import dev.nines.incident.response.Chronicle;
import dev.nines.incident.response.Chronicle.Note;
import dev.nines.incident.response.EscalationRows;
import dev.nines.incident.response.EscalationState;
import dev.nines.incident.response.Incident;
import dev.nines.incident.response.IncidentRows;
import dev.nines.incident.response.IncidentState;
import dev.nines.journal.Delivery;
import dev.nines.journal.Journal;
import dev.nines.journal.Json;
import dev.nines.journal.OutboxHandler;
import dev.nines.journal.Outcome;
import dev.nines.journal.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Drains lane {@code page}. A row of the page log is written before a page leaves: after a crash it
 * tells a page that may have arrived, which is sent again and marked, from one that was answered,
 * which is not. What has been acknowledged, resolved or overtaken meanwhile is not sent.
 */
public final class Pager implements OutboxHandler {

  /** A page that will not have left by then is told to the fallback as well. */
  private static final Duration FALLBACK_AFTER = Duration.ofSeconds(15);

  /** How the note of an order that went out begins. */
  private static final String SENT = "sent";

  private static final String DELETED = "the channel was deleted";
  private static final int ATTEMPTS_MAX = 60;
  private static final int UPDATE_ATTEMPTS = 2;
  private static final Duration UPDATE_AGAIN = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration BACK_OFF_MAX = Duration.ofMinutes(1);

  private final Journal journal;
  private final Sender sender;
  private final PageOrders orders;
  private final Chronicle chronicle;
  private final PagingMetrics metrics;
  private final InstantSource clock;
  private final String publicUrl;
  private final int loops;

  /**
   * @param loops the last loop that pages in runs that began before policies were known
   */
  public Pager(
      Journal journal,
      Sender sender,
      PageOrders orders,
      Chronicle chronicle,
      PagingMetrics metrics,
      InstantSource clock,
      String publicUrl,
      int loops) {
    this.journal = journal;
    this.sender = sender;
    this.orders = orders;
    this.chronicle = chronicle;
    this.metrics = metrics;
    this.clock = clock;
    this.publicUrl = publicUrl;
    this.loops = loops;
  }

  /** What to do with a claimed order. */
  private sealed interface Plan {
    /** Nothing, for a reason. */
    record Skip(String why) implements Plan {}

    /** Somebody should be woken by a channel that is no more. */
    record Gone() implements Plan {}

    /** The attempt is in the page log. */
    record Send(
        Incident incident,
        PageOrder order,
        Channel channel,
        String thread,
        Known known,
        boolean mayBeRepeat)
        implements Plan {}
  }

  @Override
  public Outcome deliver(Delivery delivery) {
    PageOrder order = Json.read(delivery.message().payload(), PageOrder.class);
    return switch (journal.transact(tx -> plan(tx, order, delivery))) {
      case Plan.Skip(String why) -> new Outcome.Delivered("not sent: " + why);
      case Plan.Gone gone -> new Outcome.Dead(DELETED);
      case Plan.Send send -> send(send, delivery);
    };
  }

  @Override
  public void settle(Connection tx, Delivery delivery, Outcome outcome) throws SQLException {
    PageOrder order = Json.read(delivery.message().payload(), PageOrder.class);
    Optional<Incident> incident = IncidentRows.find(tx, order.incident());
    if (incident.isEmpty()) {
      return;
    }
    switch (outcome) {
      case Outcome.Delivered(String note) -> {
        if (note.startsWith(SENT)) {
          note(tx, incident.get(), "paged", "Told " + order.receiver() + ": " + order.event());
        }
      }
      case Outcome.Dead(String why) -> unreachable(tx, incident.get(), order, "refused", why);
      case Outcome.Retry(Duration after, String why, boolean ambiguous) -> {
        Instant next = delivery.claimedAt().plus(after);
        if (!next.isBefore(delivery.createdAt().plus(FALLBACK_AFTER))
            && !PageLog.saidUnreachable(tx, order.key())) {
          PageLog.sayUnreachable(tx, order.key(), delivery.attempt());
          unreachable(tx, incident.get(), order, "unreachable", why);
        }
      }
    }
  }

  private Plan plan(Connection tx, PageOrder order, Delivery delivery) throws SQLException {
    Optional<Incident> found = IncidentRows.find(tx, order.incident());
    if (found.isEmpty()) {
      return new Plan.Skip("no such incident");
    }
    Incident incident = found.get();
    Optional<String> moot = moot(tx, incident, order);
    if (moot.isPresent()) {
      return new Plan.Skip(moot.get());
    }
    Optional<Channel> channel = ChannelRows.find(tx, incident.tenant(), order.channel());
    if (channel.isEmpty()) {
      return order.event() == Event.TRIGGER ? new Plan.Gone() : new Plan.Skip(DELETED);
    }
    if (!PageOrders.takes(channel.get(), order.event())) {
      return new Plan.Skip("the channel takes no " + order.event());
    }
    List<Result> earlier = PageLog.earlier(tx, order.key());
    if (earlier.contains(Result.SENT)) {
      return new Plan.Skip("sent before the sender died");
    }
    boolean mayBeRepeat = earlier.contains(Result.AMBIGUOUS);
    PageLog.begin(tx, incident, order, delivery, clock.instant(), mayBeRepeat);
    String thread = PageLog.thread(tx, incident, order.channel());
    return new Plan.Send(
        incident, order, channel.get(), thread, Known.of(tx, incident), mayBeRepeat);
  }

  /** Why nobody needs this page any more. */
  private Optional<String> moot(Connection tx, Incident incident, PageOrder order)
      throws SQLException {
    if (incident.run() != order.run()) {
      return Optional.of("a later run has begun");
    }
    if (order.event() == Event.TRIGGER) {
      if (!(incident.state() instanceof IncidentState.Triggered)) {
        return Optional.of("it is " + incident.state().kind() + " by " + incident.state().by());
      }
      // Behind the last loop is none that pages: its pages are tried on, exhausted or not.
      return order.loop() < Math.min(incident.loop(), lastLoop(tx, incident)) && !order.fallback()
          ? Optional.of("a later loop has begun")
          : Optional.empty();
    }
    if (order.event() != Event.RESOLVE && incident.state() instanceof IncidentState.Resolved) {
      return Optional.of("it is resolved");
    }
    return PageLog.told(tx, incident, order.channel())
        ? Optional.empty()
        : Optional.of("the channel was never told of it");
  }

  private int lastLoop(Connection tx, Incident incident) throws SQLException {
    return EscalationRows.find(tx, incident).map(EscalationState::lastLoop).orElse(loops);
  }

  private Outcome send(Plan.Send send, Delivery delivery) {
    PageBody body =
        PageBody.of(send.incident(), send.order(), send.known(), publicUrl, send.mayBeRepeat());
    Notification notification =
        PageText.of(send.incident(), send.order(), body, send.known(), send.thread(), publicUrl);
    Instant sent = clock.instant();
    SendResult result =
        sender.send(send.incident().tenant(), send.channel().destination(), notification);
    metrics(send, delivery, sent);
    Outcome outcome = outcome(send, delivery, result);
    return send.order().event() == Event.UPDATE ? onceOrTwice(delivery, outcome) : outcome;
  }

  /** What only adds to a page holds back no page behind it, and its loss is no lost page. */
  private static Outcome onceOrTwice(Delivery delivery, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Delivered delivered -> delivered;
      case Outcome.Dead(String why) -> new Outcome.Delivered("not sent: " + why);
      case Outcome.Retry(Duration after, String why, boolean ambiguous) ->
          delivery.attempt() < UPDATE_ATTEMPTS
              ? new Outcome.Retry(UPDATE_AGAIN, why, ambiguous)
              : new Outcome.Delivered("not sent: " + why);
    };
  }

  private Outcome outcome(Plan.Send send, Delivery delivery, SendResult result) {
    return switch (result) {
      case SendResult.Sent(String id) -> {
        end(delivery, send, Result.SENT, id);
        yield new Outcome.Delivered(SENT + " " + id);
      }
      case SendResult.Refused(SendResult.Reason reason, String detail) -> {
        end(delivery, send, Result.REFUSED, reason + ": " + detail);
        yield new Outcome.Dead(reason + ": " + detail);
      }
      case SendResult.Unavailable(Optional<Duration> retryAfter, String detail) -> {
        end(delivery, send, Result.UNAVAILABLE, detail);
        yield again(delivery, retryAfter, detail, false);
      }
      case SendResult.Ambiguous(String detail) -> {
        end(delivery, send, Result.AMBIGUOUS, detail);
        yield again(delivery, Optional.empty(), detail, true);
      }
    };
  }

  private void end(Delivery delivery, Plan.Send send, Result result, String detail) {
    metrics.attempt(result.name());
    // Without this row the answer is forgotten, and the page is sent again.
    journal.transactPatiently(
        PATIENCE,
        tx -> {
          PageLog.end(tx, send.order().key(), delivery.attempt(), result, detail, clock.instant());
          return result;
        });
  }

  private void metrics(Plan.Send send, Delivery delivery, Instant sent) {
    if (send.mayBeRepeat()) {
      metrics.repeat();
    }
    if (send.order().event() == Event.TRIGGER
        && send.order().loop() == 0
        && send.order().step() == 0
        && !send.order().later()
        && delivery.attempt() == 1) {
      metrics.overhead(Duration.between(send.incident().burned().policyTrueAt(), sent));
    }
  }

  /** 1 s, 2 s, 4 s up to 1 min, or what the provider asks for. */
  private static Outcome again(
      Delivery delivery, Optional<Duration> retryAfter, String detail, boolean ambiguous) {
    if (delivery.attempt() >= ATTEMPTS_MAX) {
      return new Outcome.Dead("given up after " + delivery.attempt() + " attempts: " + detail);
    }
    Duration backOff = Duration.ofSeconds(1L << Math.min(delivery.attempt() - 1, 6));
    Duration bounded = backOff.compareTo(BACK_OFF_MAX) > 0 ? BACK_OFF_MAX : backOff;
    return new Outcome.Retry(retryAfter.orElse(bounded), detail, ambiguous);
  }

  private void unreachable(
      Connection tx, Incident incident, PageOrder order, String reason, String why)
      throws SQLException {
    metrics.undeliverable(reason);
    boolean fallback =
        order.event() == Event.TRIGGER
            && !order.channel().equals(Channel.FALLBACK)
            && orders.fallback(tx, incident.tenant(), order).isPresent();
    String text =
        "%s did not get %s: %s%s"
            .formatted(
                order.receiver(), order.event(), why, fallback ? "; the fallback is told" : "");
    note(tx, incident, "undeliverable", text);
  }

  private void note(Connection tx, Incident incident, String kind, String text)
      throws SQLException {
    chronicle.noted(tx, incident, new Note(kind, "paging", text, Sql.now(tx)));
  }
}
