// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** What ClickHouse has, asked of ClickHouse. */
final class Table implements AutoCloseable {

  private static final Duration CREATED_WITHIN = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(200);

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI clickHouse;

  Table(String url) {
    clickHouse = URI.create(url);
  }

  long rows(String table) {
    return Long.parseLong(ask("SELECT count() FROM " + table));
  }

  /** A subject makes its table when it starts. */
  void await(String table) {
    long until = System.nanoTime() + CREATED_WITHIN.toNanos();
    while (!ask("EXISTS TABLE " + table).equals("1")) {
      if (System.nanoTime() > until) {
        throw new BenchFailedException(table + " was not made");
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  String ask(String query) {
    try {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(clickHouse).POST(BodyPublishers.ofString(query)).build(),
              BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new BenchFailedException("ClickHouse: " + answer.body());
      }
      return answer.body().strip();
    } catch (IOException e) {
      throw new BenchFailedException("ClickHouse does not answer: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailedException("interrupted while ClickHouse was asked");
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
