// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Carries requests of remote write, and loses the first answers that say that all is stored. */
final class LossyWay implements AutoCloseable {

  private static final List<String> CARRIED =
      List.of(
          "Authorization", "Content-Type", "Content-Encoding", "X-Prometheus-Remote-Write-Version");

  private final HttpClient http = HttpClient.newHttpClient();
  private final AtomicInteger lost = new AtomicInteger();
  private final URI target;
  private final int answersToLose;
  private final HttpServer server;

  private LossyWay(URI target, int answersToLose, HttpServer server) {
    this.target = target;
    this.answersToLose = answersToLose;
    this.server = server;
  }

  static LossyWay to(URI target, int answersToLose) throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    LossyWay way = new LossyWay(target, answersToLose, HttpServer.create(any, 0));
    way.server.createContext("/", way::carry);
    way.server.start();
    return way;
  }

  private void carry(HttpExchange exchange) throws IOException {
    try (exchange) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(target.resolve(exchange.getRequestURI()));
      for (String header : CARRIED) {
        String value = exchange.getRequestHeaders().getFirst(header);
        if (value != null) {
          request.header(header, value);
        }
      }
      byte[] body = exchange.getRequestBody().readAllBytes();
      int status =
          http.send(
                  request.POST(BodyPublishers.ofByteArray(body)).build(), BodyHandlers.discarding())
              .statusCode();
      boolean loses = status == 204 && lost.get() < answersToLose;
      if (loses) {
        lost.incrementAndGet();
      }
      exchange.sendResponseHeaders(loses ? 503 : status, -1);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  int lost() {
    return lost.get();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
