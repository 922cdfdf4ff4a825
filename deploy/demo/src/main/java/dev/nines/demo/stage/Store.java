// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.stage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The central store, asked in plain SQL through its HTTP interface. */
public final class Store {

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI url;

  public Store(URI url) {
    this.url = url;
  }

  /** Rows of tab-separated columns. */
  public List<List<String>> query(String sql) throws IOException {
    return Stream.of(run(sql + " FORMAT TabSeparated").split("\n"))
        .filter(line -> !line.isEmpty())
        .map(line -> Arrays.asList(line.split("\t", -1)))
        .toList();
  }

  /** Runs a statement and gives its whole answer. */
  public String run(String sql) throws IOException {
    return send(url, BodyPublishers.ofString(sql), sql);
  }

  /** Fills a table with a file's tab-separated rows. */
  public void load(String table, Path file) throws IOException {
    String insert = "INSERT INTO " + table + " FORMAT TabSeparated";
    URI target = URI.create(url + "/?query=" + URLEncoder.encode(insert, UTF_8));
    send(target, BodyPublishers.ofFile(file), insert);
  }

  private String send(URI target, BodyPublisher body, String sql) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(target).timeout(Duration.ofSeconds(60)).POST(body).build();
    try {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString(UTF_8));
      if (response.statusCode() != 200) {
        throw new IOException(response.body() + " for " + sql);
      }
      return response.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
