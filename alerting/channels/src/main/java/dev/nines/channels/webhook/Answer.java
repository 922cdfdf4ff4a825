// SPDX-License-Identifier: Apache-2.0
package dev.nines.channels.webhook;

import dev.nines.channels.SendResult;
import dev.nines.channels.SendResult.Ambiguous;
import dev.nines.channels.SendResult.Reason;
import dev.nines.channels.SendResult.Refused;
import dev.nines.channels.SendResult.Sent;
import dev.nines.channels.SendResult.Unavailable;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** What an HTTP answer means for a page. */
final class Answer {

  private static final Duration RETRY_AFTER_MAX = Duration.ofMinutes(5);

  private Answer() {}

  static SendResult of(int status, HttpHeaders headers, Instant now) {
    if (status >= 200 && status < 300) {
      return new Sent(headers.firstValue("X-Request-Id").orElse(""));
    }
    String detail = "answered " + status;
    return switch (status) {
      case 401, 403 -> new Refused(Reason.NOT_AUTHORISED, detail);
      case 404, 410 -> new Refused(Reason.NO_SUCH_ADDRESS, detail);
      case 413 -> new Refused(Reason.TOO_LARGE, detail);
      case 408, 425, 429 -> new Unavailable(retryAfter(headers, now), detail);
      // A gateway that heard nothing in time knows no better than we whether it arrived.
      case 504 -> new Ambiguous(detail);
      default -> {
        if (status >= 500) {
          yield new Unavailable(retryAfter(headers, now), detail);
        }
        yield new Refused(status < 400 ? Reason.REDIRECT : Reason.BAD_REQUEST, detail);
      }
    };
  }

  /** RFC 9110, 10.2.3: seconds or a date; at most 5 min, a page can't wait longer. */
  private static Optional<Duration> retryAfter(HttpHeaders headers, Instant now) {
    return headers
        .firstValue("Retry-After")
        .flatMap(value -> parse(value.strip(), now))
        .map(wait -> wait.compareTo(RETRY_AFTER_MAX) > 0 ? RETRY_AFTER_MAX : wait)
        .filter(wait -> !wait.isNegative());
  }

  private static Optional<Duration> parse(String value, Instant now) {
    try {
      if (value.matches("\\d{1,9}")) {
        return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
      }
      Instant date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(Duration.between(now, date));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
