// SPDX-License-Identifier: Apache-2.0
package dev.nines.channels.email;

import dev.nines.channels.SendResult;
import dev.nines.channels.SendResult.Reason;
import dev.nines.channels.SendResult.Refused;
import dev.nines.channels.SendResult.Unavailable;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/** What an SMTP server answered instead of taking the message. */
record Reply(int code, String text) {

  private static final Pattern CODE = Pattern.compile("\\b([45]\\d\\d)\\b");

  /** Empty when the failure was none of the server's answers. */
  static Optional<Reply> of(MessagingException failure) {
    for (Exception e = failure; e instanceof MessagingException next; e = next.getNextException()) {
      // A line that broke off has no code.
      Optional<Reply> reply = one(next).filter(one -> one.code() >= 400 && one.code() < 600);
      if (reply.isPresent()) {
        return reply;
      }
    }
    return Optional.empty();
  }

  SendResult meaning() {
    String detail = "answered " + text.strip().replaceAll("\\s+", " ");
    if (code < 500) {
      return new Unavailable(Optional.empty(), detail);
    }
    return new Refused(
        switch (code) {
          case 530, 534, 535, 538 -> Reason.NOT_AUTHORISED;
          case 550, 551, 553 -> Reason.NO_SUCH_ADDRESS;
          case 552 -> Reason.TOO_LARGE;
          default -> Reason.BAD_REQUEST;
        },
        detail);
  }

  private static Optional<Reply> one(MessagingException e) {
    String text = String.valueOf(e.getMessage());
    return switch (e) {
      case SMTPAddressFailedException address ->
          Optional.of(new Reply(address.getReturnCode(), text));
      case SMTPSenderFailedException sender -> Optional.of(new Reply(sender.getReturnCode(), text));
      case SMTPSendFailedException send -> Optional.of(new Reply(send.getReturnCode(), text));
      case AuthenticationFailedException login -> {
        // The library keeps the code of this one in its text only.
        Matcher code = CODE.matcher(text);
        yield Optional.of(new Reply(code.find() ? Integer.parseInt(code.group(1)) : 535, text));
      }
      default -> Optional.empty();
    };
  }
}
