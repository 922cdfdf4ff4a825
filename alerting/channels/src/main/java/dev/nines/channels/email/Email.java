// SPDX-License-Identifier: Apache-2.0
package dev.nines.channels.email;

import dev.nines.channels.ConnectionFailure;
import dev.nines.channels.Deadline;
import dev.nines.channels.Destination;
import dev.nines.channels.Destination.Email.Security;
import dev.nines.channels.NetworkRules.Gate;
import dev.nines.channels.Notification;
import dev.nines.channels.SendResult;
import dev.nines.channels.SendResult.Ambiguous;
import dev.nines.channels.SendResult.Reason;
import dev.nines.channels.SendResult.Refused;
import dev.nines.channels.SendResult.Sent;
import dev.nines.channels.SendResult.Unavailable;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/**
 * One message to one address by SMTP (RFC 5321): 2xx to its last line is the receipt, 4xx is tried
 * again, 5xx never. Repeats have the same Message-ID.
 */
public final class Email {

  /** Longer than over HTTP: a server may think about whom it talks to. Shorter than a lease. */
  public static final Duration DEADLINE = Duration.ofSeconds(7);

  private static final Pattern QUEUED = Pattern.compile("queued as (\\S+)");

  private final InstantSource clock;
  private final Duration deadline;

  public Email(InstantSource clock, Duration deadline) {
    this.clock = clock;
    this.deadline = deadline;
  }

  public SendResult send(Gate gate, Destination.Email to, Notification notification) {
    GatedSockets sockets = new GatedSockets(gate);
    Session session = Session.getInstance(properties(to, sockets));
    Mail mail;
    try {
      mail = new Mail(session, to, notification, clock.instant());
    } catch (MessagingException e) {
      return new Refused(Reason.BAD_REQUEST, "no mail can be made: " + e.getMessage());
    }
    Deadline cut = Deadline.in(deadline, sockets::close);
    try (cut;
        sockets;
        SMTPTransport transport = new SMTPTransport(session, null)) {
      transport.connect(to.host(), to.port(), login(to.user()), login(to.password()));
      transport.sendMessage(mail, mail.getAllRecipients());
      return new Sent(queueId(transport.getLastServerResponse()));
    } catch (MessagingException e) {
      return failure(e, sockets, mail.left(), cut.passed());
    }
  }

  private SendResult failure(
      MessagingException e, GatedSockets sockets, boolean left, boolean late) {
    if (sockets.refusal().isPresent()) {
      return new Refused(Reason.FORBIDDEN_ADDRESS, sockets.refusal().get());
    }
    Optional<Reply> reply = Reply.of(e);
    if (reply.isPresent() && !late) {
      return reply.get().meaning();
    }
    String detail =
        late ? "no answer within " + deadline.toMillis() + " ms" : ConnectionFailure.words(e);
    return left ? new Ambiguous(detail) : new Unavailable(Optional.empty(), detail);
  }

  private static @Nullable String login(String word) {
    return word.isEmpty() ? null : word;
  }

  /** What the server calls it, where it says so as Postfix does. */
  private static String queueId(String response) {
    Matcher matcher = QUEUED.matcher(response == null ? "" : response);
    return matcher.find() ? matcher.group(1) : "";
  }

  private Properties properties(Destination.Email to, GatedSockets sockets) {
    String millis = Long.toString(deadline.toMillis() * 2);
    Properties properties = new Properties();
    properties.put("mail.smtp.socketFactory", sockets);
    properties.put("mail.smtp.socketFactory.fallback", "false");
    properties.put("mail.smtp.connectiontimeout", millis);
    properties.put("mail.smtp.timeout", millis);
    properties.put("mail.smtp.auth", Boolean.toString(!to.user().isEmpty()));
    properties.put("mail.smtp.quitwait", "false");
    properties.put("mail.smtp.localhost", to.from().replaceFirst("^.*@", ""));
    if (to.security() == Security.STARTTLS) {
      properties.put("mail.smtp.starttls.enable", "true");
      properties.put("mail.smtp.starttls.required", "true");
      properties.put("mail.smtp.ssl.checkserveridentity", "true");
    }
    return properties;
  }
}
