// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nines.demo.stage.Installation;
import dev.nines.demo.stage.Platform;
import dev.nines.embedded.Addresses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code ./nines up} in a folder of its own, as its user sees it. */
final class Up implements AutoCloseable {

  static final Installation HERE = new Installation(Path.of(System.getProperty("nines.root")));

  private final Platform platform;
  private final Path folder;
  private final Otlp otlp;
  private final String otlpHttp;

  private Up(Platform platform, Path folder) {
    this.platform = platform;
    this.folder = folder;
    Addresses at = Addresses.read(data());
    otlpHttp = at.otlpHttp().get("master");
    otlp = new Otlp(URI.create(otlpHttp), URI.create(at.otlpGrpc().get("master")));
  }

  /**
   * @param settings {@code key=value}
   */
  static Up start(Path folder, String... settings) {
    try {
      Files.deleteIfExists(Addresses.file(folder.resolve("platform"))); // Of a run that was killed.
      return new Up(Platform.start(HERE, folder, List.of(settings)), folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path data() {
    return folder.resolve("platform");
  }

  Platform platform() {
    return platform;
  }

  Otlp otlp() {
    return otlp;
  }

  /** {@code http://host:port} of its collector. */
  String otlpHttp() {
    return otlpHttp;
  }

  /** As the administrator. */
  Http http() {
    return new Http(platform.api(), Optional.of(adminToken()));
  }

  String adminToken() {
    try {
      return platform.token();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A new token to write telemetry with, once the collector knows it: what was created spreads. */
  String writeToken() {
    String token = token("WRITE_TELEMETRY");
    await()
        .atMost(60, SECONDS)
        .until(() -> otlp.http(new byte[0], Optional.of(token)).statusCode() == 200);
    return token;
  }

  /** A new token with these rights. */
  String token(String... rights) {
    String words =
        Arrays.stream(rights).map(right -> '"' + right + '"').collect(Collectors.joining(","));
    HttpResponse<String> answer =
        http()
            .send(
                "POST",
                "/api/v1/tokens",
                "application/json",
                "{\"name\":\"acceptance\",\"rights\":[" + words + "]}");
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(answer.statusCode() + " " + answer.body());
    }
    return Http.json(answer).path("token").asText();
  }

  /** Spans of the trace that the store has. */
  int stored(Batch batch) {
    HttpResponse<String> answer = http().get("/api/v1/traces/" + batch.traceId());
    return answer.statusCode() == 200 ? Http.json(answer).path("spans").size() : 0;
  }

  /** What the accounting says of the traces of this region. */
  JsonNode account() {
    for (JsonNode entry : Http.json(http().get("/api/v1/accounting")).path("accounts")) {
      if (entry.path("region").asText().equals("master")
          && entry.path("signal").asText().equals("traces")) {
        return entry;
      }
    }
    return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
  }

  /** What {@code up} printed until now. */
  String printed() {
    return SourceTree.read(folder.resolve("up.log"));
  }

  @Override
  public void close() {
    otlp.close();
    platform.close();
  }
}
