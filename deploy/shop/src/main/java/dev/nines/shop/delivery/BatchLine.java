// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop.delivery;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.nines.shop.traffic.Region;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code batches.jsonl}. A batch has one {@code sent} and then one {@code acknowledged}
 * or {@code unknown}; a batch that is sent again has {@code resent} after its acknowledgement, and
 * then {@code resend-acknowledged} or {@code resend-unknown}.
 *
 * @param atNanos when it happened, nanoseconds since 1970
 * @param firstEndNanos smallest end of its spans; only with {@code sent}
 * @param lastEndNanos largest end of its spans; only with {@code sent}
 * @param reason why there is no acknowledgement; only with {@code unknown} and {@code
 *     resend-unknown}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BatchLine(
    String batch,
    Region region,
    Event event,
    long atNanos,
    int spans,
    @Nullable Long firstEndNanos,
    @Nullable Long lastEndNanos,
    @Nullable String reason) {

  /** What happened to the batch. */
  public enum Event {
    SENT,
    ACKNOWLEDGED,
    UNKNOWN,
    RESENT,
    RESEND_ACKNOWLEDGED,
    RESEND_UNKNOWN;

    @JsonValue
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  static BatchLine sent(Batch batch, long atNanos) {
    return new BatchLine(
        batch.id(),
        batch.region(),
        Event.SENT,
        atNanos,
        batch.spans().size(),
        batch.firstEndNanos(),
        batch.lastEndNanos(),
        null);
  }

  static BatchLine of(Event event, Batch batch, long atNanos, @Nullable String reason) {
    return new BatchLine(
        batch.id(), batch.region(), event, atNanos, batch.spans().size(), null, null, reason);
  }
}
