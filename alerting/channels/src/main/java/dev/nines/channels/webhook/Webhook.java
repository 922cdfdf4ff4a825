// SPDX-License-Identifier: Apache-2.0
package dev.nines.channels.webhook;

import dev.nines.channels.Destination;
import dev.nines.channels.NetworkRules.Gate;
import dev.nines.channels.SendResult;
import dev.nines.channels.http.HttpPost;
import dev.nines.channels.http.HttpPost.Result;
import java.time.InstantSource;
import java.util.Map;

/**
 * Posts JSON with headers {@code X-Nines-Timestamp} (epoch seconds), {@code X-Nines-Signature} and
 * {@code Idempotency-Key}. A 2xx is the provider's receipt, whatever its body says.
 */
public final class Webhook {

  private final HttpPost http;
  private final InstantSource clock;

  public Webhook(HttpPost http, InstantSource clock) {
    this.http = http;
    this.clock = clock;
  }

  /**
   * Sends once.
   *
   * @param idempotencyKey the same for each attempt of one page
   * @param body JSON
   */
  public SendResult send(Gate gate, Destination.Webhook to, String idempotencyKey, String body) {
    String timestamp = Long.toString(clock.instant().getEpochSecond());
    Map<String, String> headers =
        Map.of(
            "Idempotency-Key",
            idempotencyKey,
            "X-Nines-Timestamp",
            timestamp,
            "X-Nines-Signature",
            Signature.of(to.secret(), timestamp, body));
    return switch (http.send(gate, to.url(), headers, body)) {
      case Result.Failed(SendResult result) -> result;
      case Result.Answered(var answer) ->
          answer.ok()
              ? new SendResult.Sent(answer.header("x-request-id"))
              : answer.failure(clock.instant());
    };
  }
}
