// SPDX-License-Identifier: Apache-2.0
package dev.nines.channels.email;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.nines.channels.Destination;
import dev.nines.channels.Destination.Email.Security;
import dev.nines.channels.NetworkRules;
import dev.nines.channels.Notification;
import dev.nines.channels.Notification.Event;
import dev.nines.channels.Samples;
import dev.nines.channels.SendResult;
import dev.nines.channels.SendResult.Ambiguous;
import dev.nines.channels.SendResult.Reason;
import dev.nines.channels.SendResult.Refused;
import dev.nines.channels.SendResult.Sent;
import dev.nines.channels.SendResult.Unavailable;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a real SMTP server where mail arrives, a scripted one where it does not. */
class EmailTest {

  private static final NetworkRules.Gate OPEN = Samples.OPEN;

  private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));
  private final Email email = new Email(InstantSource.fixed(Samples.AT), Duration.ofSeconds(2));

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void mailsOfOneIncidentAreOneConversation() throws Exception {
    assertThat(send(Samples.notification(Event.TRIGGER))).isInstanceOf(Sent.class);
    assertThat(send(Samples.notification(Event.RESOLVE, "Resolved by ann", "{}", "")))
        .isInstanceOf(Sent.class);
    MimeMessage first = server.getReceivedMessages()[0];
    MimeMessage second = server.getReceivedMessages()[1];
    assertThat(first.getSubject())
        .isEqualTo("[Nines] Checkout <availability> & more, incident 42")
        .isEqualTo(second.getSubject());
    assertThat(first.getHeader("References")).containsExactly("<nines-incident-42@example.com>");
    assertThat(second.getHeader("References")).containsExactly("<nines-incident-42@example.com>");
    assertThat(second.getHeader("In-Reply-To")).containsExactly("<nines-incident-42@example.com>");
    assertThat(first.getMessageID())
        .isEqualTo("<42-1-TRIGGER-0-0-on-call@example.com>")
        .isNotEqualTo(second.getMessageID());
    assertThat(first.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(first.getHeader("Importance")).containsExactly("high");
    assertThat(second.getHeader("Importance")).isNull();
    assertThat(first.getSentDate()).isEqualTo(Samples.AT);
  }

  @Test
  void textAndHtmlSayTheSame() throws Exception {
    send(Samples.repeated(Samples.notification(Event.TRIGGER)));
    MimeMultipart both = (MimeMultipart) server.getReceivedMessages()[0].getContent();
    assertThat(both.getContentType()).startsWith("multipart/alternative");
    assertThat(both.getBodyPart(0).getContentType()).startsWith("text/plain");
    assertThat(both.getBodyPart(0).getContent().toString().lines())
        .contains(
            "Checkout in eu-west-1 burns 36x",
            "This may be a repeat.",
            "Burn: 36x > 10x",
            "Incident: https://nines.example/i/42?a=1&b=2");
    assertThat(both.getBodyPart(1).getContentType()).startsWith("text/html");
    assertThat(both.getBodyPart(1).getContent().toString())
        .contains("36x &gt; 10x")
        .contains("href=\"https://nines.example/i/42?a=1&amp;b=2\"")
        .contains("This may be a repeat.");
  }

  @Test
  void repeatHasTheSameIdentity() throws Exception {
    send(Samples.notification(Event.TRIGGER));
    send(Samples.repeated(Samples.notification(Event.TRIGGER)));
    assertThat(server.getReceivedMessages()[1].getMessageID())
        .isEqualTo(server.getReceivedMessages()[0].getMessageID());
  }

  @Test
  void loginIsUsedAndItsRefusalIsForGood() throws Exception {
    server.setUser("ann@example.com", "ann", "right");
    assertThat(send(port(), Security.NONE, "ann", "right")).isInstanceOf(Sent.class);
    assertThat(send(port(), Security.NONE, "ann", "wrong"))
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.reason()).isEqualTo(Reason.NOT_AUTHORISED));
    assertThat(server.getReceivedMessages()).hasSize(1);
  }

  @Test
  void nothingLeavesInTheClearWhereStarttlsIsAskedFor() throws Exception {
    assertThat(send(port(), Security.STARTTLS, "", "")).isInstanceOf(Unavailable.class);
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @Test
  void forbiddenAddressIsNotEvenConnectedTo() {
    assertThat(
            email.send(
                NetworkRules.PUBLIC.gate("t"),
                to(port(), Security.NONE, "", ""),
                Samples.notification(Event.TRIGGER)))
        .isEqualTo(new Refused(Reason.FORBIDDEN_ADDRESS, "loopback is not open to this tenant"));
  }

  @ParameterizedTest
  @CsvSource({
    "RCPT,550 no such user,NO_SUCH_ADDRESS",
    "MAIL,530 log in first,NOT_AUTHORISED",
    "END,552 too big,TOO_LARGE",
    "END,554 spam,BAD_REQUEST"
  })
  void permanentRefusals(String at, String answer, Reason reason) {
    try (ScriptedSmtp smtp = new ScriptedSmtp(at, answer)) {
      assertThat(send(smtp.port(), Security.NONE, "", ""))
          .isInstanceOfSatisfying(
              Refused.class,
              refused -> {
                assertThat(refused.reason()).isEqualTo(reason);
                assertThat(refused.detail()).contains(answer);
              });
    }
  }

  @ParameterizedTest
  @CsvSource({"RCPT,451 greylisted", "MAIL,421 closing", "DATA,452 disk full", "END,451 try later"})
  void passingRefusals(String at, String answer) {
    try (ScriptedSmtp smtp = new ScriptedSmtp(at, answer)) {
      assertThat(send(smtp.port(), Security.NONE, "", "")).isInstanceOf(Unavailable.class);
    }
  }

  @ParameterizedTest
  @CsvSource({"RCPT,CLOSE", "RCPT,HANG", "GREETING,HANG", "GREETING,CLOSE"})
  void lineLostBeforeTheMailLeft(String at, String how) {
    try (ScriptedSmtp smtp = new ScriptedSmtp(at, how)) {
      assertThat(send(smtp.port(), Security.NONE, "", "")).isInstanceOf(Unavailable.class);
    }
  }

  @ParameterizedTest
  @CsvSource({"END,CLOSE", "END,HANG"})
  void lineLostAfterTheMailLeftIsAmbiguous(String at, String how) {
    try (ScriptedSmtp smtp = new ScriptedSmtp(at, how)) {
      assertThat(send(smtp.port(), Security.NONE, "", "")).isInstanceOf(Ambiguous.class);
    }
  }

  @Test
  void serversNameOfTheMailIsKept() {
    try (ScriptedSmtp smtp = new ScriptedSmtp("NEVER", "")) {
      assertThat(send(smtp.port(), Security.NONE, "", "")).isEqualTo(new Sent("A1B2C3"));
    }
  }

  private SendResult send(Notification notification) {
    return email.send(OPEN, to(port(), Security.NONE, "", ""), notification);
  }

  private SendResult send(int port, Security security, String user, String password) {
    return email.send(
        OPEN, to(port, security, user, password), Samples.notification(Event.TRIGGER));
  }

  private int port() {
    return server.getSmtp().getPort();
  }

  private static Destination.Email to(int port, Security security, String user, String password) {
    return new Destination.Email(
        "127.0.0.1", port, security, user, password, "nines@example.com", "ann@example.com");
  }
}
