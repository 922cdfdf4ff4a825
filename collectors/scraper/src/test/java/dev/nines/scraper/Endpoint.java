// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;

/** Something to scrape, that answers as it is told and keeps what it was asked. */
public final class Endpoint implements AutoCloseable {

  private static final String TEXT = "text/plain; version=0.0.4";

  private final HttpServer server;
  private final List<Headers> asked = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Answer answer = new Answer(200, TEXT, "", new byte[0], "");

  /**
   * @param type content type
   * @param location of a redirect
   */
  private record Answer(int status, String type, String encoding, byte[] body, String location) {}

  public Endpoint() {
    this(0);
  }

  public Endpoint(int port) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  public String address() {
    return "127.0.0.1:" + port();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public List<Headers> asked() {
    return List.copyOf(asked);
  }

  public void says(String text) {
    says(TEXT, "", text.getBytes(UTF_8));
  }

  public void says(String type, String encoding, byte[] body) {
    answer = new Answer(200, type, encoding, body, "");
  }

  public void fails(int status) {
    answer = new Answer(status, TEXT, "", new byte[0], "");
  }

  public void leadsTo(String location) {
    answer = new Answer(302, TEXT, "", new byte[0], location);
  }

  /** Takes the request and says nothing until it is closed. */
  public void hangs() {
    answer = new Answer(0, TEXT, "", new byte[0], "");
  }

  /** Begins, and does not end. */
  public void stalls() {
    answer = new Answer(-1, TEXT, "", "a 1\n".getBytes(UTF_8), "");
  }

  public static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private void answer(HttpExchange exchange) throws IOException {
    Answer now = answer;
    asked.add(exchange.getRequestHeaders());
    try (exchange) {
      if (now.status == 0) {
        await();
        return;
      }
      Headers headers = exchange.getResponseHeaders();
      set(headers, "Content-Type", now.type);
      set(headers, "Content-Encoding", now.encoding);
      set(headers, "Location", now.location);
      exchange.sendResponseHeaders(now.status < 0 ? 200 : now.status, 0);
      exchange.getResponseBody().write(now.body);
      if (now.status < 0) {
        exchange.getResponseBody().flush();
        await();
      }
    }
  }

  private static void set(Headers headers, String name, String value) {
    if (!value.isEmpty()) {
      headers.set(name, value);
    }
  }

  private void await() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
  }
}
