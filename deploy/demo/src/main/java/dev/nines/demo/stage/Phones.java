// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.stage;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.function.Consumer;

/** How people are told: a webhook of their own, and PagerDuty beside it. */
public final class Phones implements Closeable {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String SECRET = "the demo's webhook secret, 32 bytes at least";
  private static final String ROUTING_KEY = "0123456789abcdef0123456789abcdef";

  private final Provider webhook;
  private final PagerDutyProvider pagerDuty;

  /**
   * @param onPage hears of the webhook's pages
   */
  public Phones(Consumer<Provider.Page> onPage) throws IOException {
    webhook = new Provider(SECRET, onPage);
    pagerDuty = new PagerDutyProvider(ROUTING_KEY, event -> {});
  }

  /**
   * Makes them channels of the platform.
   *
   * @param to where pages for the webhook go
   */
  public void register(Api api, URI to) throws IOException {
    put(api, "demo", Map.of("type", "webhook", "url", to.toString(), "secret", SECRET));
    String url = pagerDuty.url().toString();
    put(api, "pagerduty", Map.of("type", "pagerduty", "url", url, "routingKey", ROUTING_KEY));
  }

  private static void put(Api api, String name, Map<String, String> channel) throws IOException {
    String body = JSON.writeValueAsString(channel);
    api.send("PUT", "/api/v1/channels/" + name, "application/json", body);
  }

  public Provider webhook() {
    return webhook;
  }

  public PagerDutyProvider pagerDuty() {
    return pagerDuty;
  }

  @Override
  public void close() {
    webhook.close();
    pagerDuty.close();
  }
}
