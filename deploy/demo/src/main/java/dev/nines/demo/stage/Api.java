// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.stage;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The platform's API as an operator with the administrator's token uses it. */
public final class Api {

  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final URI base;
  private final String token;

  public Api(URI base, String token) {
    this.base = base;
    this.token = token;
  }

  /** An answer that is not 2xx. */
  public static final class Refused extends IOException {
    private final int status;

    Refused(int status, String message) {
      super(message);
      this.status = status;
    }

    public int status() {
      return status;
    }
  }

  public JsonNode get(String path) throws IOException {
    return JSON.readTree(text(path));
  }

  public String text(String path) throws IOException {
    return send(request(path).GET().build());
  }

  public byte[] bytes(String path) throws IOException {
    return send(request(path).GET().build(), BodyHandlers.ofByteArray());
  }

  public String send(String method, String path, String contentType, String body)
      throws IOException {
    return send(
        request(path)
            .header("Content-Type", contentType)
            .method(method, BodyPublishers.ofString(body))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path))
        .timeout(Duration.ofSeconds(20))
        .header("Authorization", "Bearer " + token);
  }

  private String send(HttpRequest request) throws IOException {
    return send(request, BodyHandlers.ofString());
  }

  private <T> T send(HttpRequest request, BodyHandler<T> handler) throws IOException {
    try {
      HttpResponse<T> response = client.send(request, handler);
      if (response.statusCode() / 100 != 2) {
        throw new Refused(
            response.statusCode(),
            request.method()
                + " "
                + request.uri().getPath()
                + ": "
                + response.statusCode()
                + " "
                + shown(response.body()));
      }
      return response.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static String shown(Object body) {
    return body instanceof byte[] bytes ? new String(bytes, UTF_8) : body.toString();
  }
}
