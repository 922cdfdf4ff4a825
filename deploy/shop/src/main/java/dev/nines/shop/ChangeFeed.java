// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the platform about deploys, beside the traffic: a platform that doesn't answer never stops
 * the shop. Each change is tried 10 times, a second apart, unless it is refused with 4xx.
 */
final class ChangeFeed implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ChangeFeed.class);
  private static final int ATTEMPTS = 10;
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final @Nullable URI api;
  private final @Nullable String token;
  private final JsonMapper json = JsonMapper.builder().build();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Told> told = new CopyOnWriteArrayList<>();

  /**
   * What became of a change.
   *
   * @param status the last HTTP status; 0 when there was no answer or no address
   */
  record Told(Change change, boolean posted, int status, int attempts) {}

  ChangeFeed(@Nullable URI api, @Nullable String token) {
    this.api = api;
    this.token = token;
  }

  void tell(Change change) {
    if (api == null) {
      told.add(new Told(change, false, 0, 0));
    } else {
      URI address = URI.create(api.toString().replaceFirst("/+$", "") + "/api/v1/changes");
      threads.execute(() -> told.add(post(address, change)));
    }
  }

  List<Told> told() {
    return List.copyOf(told);
  }

  private Told post(URI address, Change change) {
    int status = 0;
    int attempt = 0;
    while (attempt < ATTEMPTS && !Thread.currentThread().isInterrupted()) {
      attempt++;
      status = postOnce(address, change);
      if (status / 100 == 2) {
        return new Told(change, true, status, attempt);
      }
      if (status / 100 == 4) {
        break;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    LOG.warn("change not posted, HTTP {} after {} attempts: {}", status, attempt, change);
    return new Told(change, false, status, attempt);
  }

  private int postOnce(URI address, Change change) {
    try {
      return http.send(request(address, change), BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      LOG.info("no answer from {}: {}", address, e.toString());
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  private HttpRequest request(URI address, Change change) throws JsonProcessingException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(change)));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return request.build();
  }

  /** Waits shortly for what is on its way. */
  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(2, TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
    http.shutdownNow();
  }
}
