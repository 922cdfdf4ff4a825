// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.stage;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The paging provider at the other end of the webhook: it checks every signature, answers 200, and
 * remembers what it got and when.
 */
public final class Provider implements Closeable {

  /** One page as it arrived. */
  public record Page(Instant received, String idempotencyKey, JsonNode body) {

    public String event() {
      return body.path("event").asText();
    }

    /** Name of the objective, without its tenant. */
    public String slo() {
      String slo = body.path("slo").asText();
      return slo.substring(slo.indexOf('/') + 1);
    }

    public String incident() {
      return body.path("incident").asText();
    }
  }

  private static final JsonMapper JSON = new JsonMapper();

  private final HttpServer server;
  private final String secret;
  private final Consumer<Page> listener;
  private final List<Page> pages = new CopyOnWriteArrayList<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  public Provider(String secret, Consumer<Page> listener) throws IOException {
    this.secret = secret;
    this.listener = listener;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/page", this::receive);
    server.start();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/page");
  }

  public List<Page> pages() {
    return List.copyOf(pages);
  }

  /** Incidents whose end it was not told yet. */
  public Set<String> open() {
    Set<String> open = new HashSet<>();
    for (Page page : pages) {
      if (page.event().equalsIgnoreCase("resolve")) {
        open.remove(page.incident());
      } else {
        open.add(page.incident());
      }
    }
    return open;
  }

  /** Requests that a real provider would have refused. */
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  private void receive(HttpExchange exchange) throws IOException {
    Instant received = Instant.now();
    byte[] body = exchange.getRequestBody().readAllBytes();
    String signature = header(exchange, "X-Nines-Signature");
    String wanted = "v1=" + hmac(header(exchange, "X-Nines-Timestamp") + "." + text(body));
    boolean genuine = MessageDigest.isEqual(signature.getBytes(UTF_8), wanted.getBytes(UTF_8));
    if (genuine) {
      Page page = new Page(received, header(exchange, "Idempotency-Key"), JSON.readTree(body));
      pages.add(page);
      listener.accept(page);
    } else {
      complaints.add("a page with the wrong signature " + signature);
    }
    exchange.sendResponseHeaders(genuine ? 200 : 401, -1);
    exchange.close();
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  private static String text(byte[] body) {
    return new String(body, UTF_8);
  }

  private String hmac(String message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(message.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA256 is part of every JDK", e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
