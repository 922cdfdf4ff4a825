// SPDX-License-Identifier: Apache-2.0
package dev.nines.channels.email;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nines.channels.Destination;
import dev.nines.channels.Notification;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Date;

/**
 * Plain text and HTML. All mail about one incident has the same subject and refers to the same
 * root, which no mail is: that is how mail programs fold a conversation whose first mail they may
 * not have (RFC 5322, 3.6.4).
 */
final class Mail extends MimeMessage {

  private final String id;
  private volatile boolean left;

  Mail(Session session, Destination.Email to, Notification notification, Instant now)
      throws MessagingException {
    super(session);
    String domain = to.from().replaceFirst("^.*@", "");
    this.id = "<%s@%s>".formatted(atom(notification.key()), domain);
    String root = "<%s@%s>".formatted(atom(notification.dedupKey()), domain);
    setFrom(new InternetAddress(to.from()));
    setRecipient(Message.RecipientType.TO, new InternetAddress(to.to()));
    setSubject(Letter.subject(notification), UTF_8.name());
    setSentDate(Date.from(now));
    setHeader("In-Reply-To", root);
    setHeader("References", root);
    // RFC 3834: no answer of a holiday machine.
    setHeader("Auto-Submitted", "auto-generated");
    if (notification.event() == Notification.Event.TRIGGER
        && notification.severity() == Notification.Severity.PAGE) {
      setHeader("Importance", "high");
      setHeader("X-Priority", "1");
    }
    MimeMultipart both = new MimeMultipart("alternative");
    both.addBodyPart(part(Letter.plain(notification), "plain"));
    both.addBodyPart(part(Letter.html(notification), "html"));
    setContent(both);
    saveChanges();
  }

  /** Whether it has begun to leave: until then nobody can have received it. */
  boolean left() {
    return left;
  }

  @Override
  public void writeTo(OutputStream out, String[] ignoreList)
      throws IOException, MessagingException {
    left = true;
    super.writeTo(out, ignoreList);
  }

  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", id);
  }

  private static MimeBodyPart part(String text, String subtype) throws MessagingException {
    MimeBodyPart part = new MimeBodyPart();
    part.setText(text, UTF_8.name(), subtype);
    return part;
  }

  /** Letters that may stand left of the @ in an identifier. */
  private static String atom(String text) {
    return text.replaceAll("[^A-Za-z0-9.-]", "-").replaceAll("\\.(?=\\.|$)|^\\.", "-");
  }
}
