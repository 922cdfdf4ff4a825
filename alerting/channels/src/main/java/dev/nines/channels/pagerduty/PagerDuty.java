// SPDX-License-Identifier: Apache-2.0
package dev.nines.channels.pagerduty;

import dev.nines.channels.ChangeNotice;
import dev.nines.channels.Destination;
import dev.nines.channels.NetworkRules.Gate;
import dev.nines.channels.Notification;
import dev.nines.channels.SendResult;
import dev.nines.channels.http.HttpAnswer;
import dev.nines.channels.http.HttpPost;
import dev.nines.channels.http.HttpPost.Result;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;

/**
 * Events API v2 (developer.pagerduty.com, "Send an Alert Event", "Send a Change Event"). Repeats
 * are harmless: an open alert takes another event of its key without paging again.
 */
public final class PagerDuty {

  /** The only status that says: ingested. */
  private static final int ACCEPTED = 202;

  private final HttpPost http;
  private final InstantSource clock;

  public PagerDuty(HttpPost http, InstantSource clock) {
    this.http = http;
    this.clock = clock;
  }

  public SendResult send(Gate gate, Destination.PagerDuty to, Notification notification) {
    return post(gate, to, "/v2/enqueue", Events.alert(to.routingKey(), notification));
  }

  public SendResult send(Gate gate, Destination.PagerDuty to, ChangeNotice change) {
    return post(gate, to, "/v2/change/enqueue", Events.change(to.routingKey(), change));
  }

  private SendResult post(Gate gate, Destination.PagerDuty to, String path, String body) {
    URI url = URI.create(to.url().toString().replaceAll("/+$", "") + path);
    return switch (http.send(gate, url, Map.of(), body)) {
      case Result.Failed(SendResult result) -> result;
      case Result.Answered(HttpAnswer answer) ->
          answer.status() == ACCEPTED
              ? new SendResult.Sent(Events.dedupKey(answer.body()))
              : answer.failure(clock.instant(), Events.problem(answer.body()));
    };
  }
}
