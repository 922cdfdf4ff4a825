// SPDX-License-Identifier: Apache-2.0
package dev.nines.channels.http;

import dev.nines.channels.SendResult;
import dev.nines.channels.SendResult.Ambiguous;
import dev.nines.channels.SendResult.Reason;
import dev.nines.channels.SendResult.Refused;
import dev.nines.channels.SendResult.Unavailable;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;

/**
 * @param headers by lower-case name, the first value of each
 * @param body its first 8 KiB, what came of it in time
 */
public record HttpAnswer(int status, Map<String, String> headers, String body) {

  private static final Duration RETRY_AFTER_MAX = Duration.ofMinutes(5);
  private static final int DETAIL_MAX = 200;

  public boolean ok() {
    return status >= 200 && status < 300;
  }

  public String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /** What any status but a 2xx means for a page. */
  public SendResult failure(Instant now) {
    return failure(now, "");
  }

  /**
   * @param why what the provider says about it
   */
  public SendResult failure(Instant now, String why) {
    String detail = "answered " + status + (why.isBlank() ? "" : ": " + shortened(why));
    return switch (status) {
      case 401, 403 -> new Refused(Reason.NOT_AUTHORISED, detail);
      case 404, 410 -> new Refused(Reason.NO_SUCH_ADDRESS, detail);
      case 413 -> new Refused(Reason.TOO_LARGE, detail);
      case 408, 425, 429 -> new Unavailable(retryAfter(now), detail);
      // A gateway that heard nothing in time knows no better than we whether it arrived.
      case 504 -> new Ambiguous(detail);
      default -> {
        if (status >= 500 || ok()) {
          yield new Unavailable(retryAfter(now), detail);
        }
        yield new Refused(status < 400 ? Reason.REDIRECT : Reason.BAD_REQUEST, detail);
      }
    };
  }

  /** RFC 9110, 10.2.3: seconds or a date; at most 5 min, a page can't wait longer. */
  private Optional<Duration> retryAfter(Instant now) {
    return Optional.ofNullable(headers.get("retry-after"))
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

  private static String shortened(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() > DETAIL_MAX ? line.substring(0, DETAIL_MAX) + "..." : line;
  }
}
