// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.fuzz;

import dev.nines.demo.fuzz.Mutants.Mutant;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.zip.GZIPOutputStream;
import org.xerial.snappy.Snappy;

/** Sends mutants to a collector, and notes each that is not answered as it must be. */
public final class Volley {

  /** All that a body can deserve: stored, malformed, too large, or come again. */
  private static final Set<Integer> RIGHT = Set.of(200, 204, 400, 413, 503);

  private static final int CLIENTS = 24;
  private static final int NOTED_MAX = 20;
  private static final long REPORT_EVERY = 10_000;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Mutants mutants;
  private final URI collector;
  private final String token;
  private final Map<Integer, AtomicLong> byStatus = new ConcurrentSkipListMap<>();
  private final List<String> wrong = new ArrayList<>();
  private final AtomicLong next = new AtomicLong();

  /**
   * @param seed with the number of a body it makes the body
   * @param collector base of its OTLP/HTTP
   */
  public Volley(long seed, URI collector, String token) {
    this.mutants = new Mutants(seed);
    this.collector = collector;
    this.token = token;
  }

  /**
   * @param progress hears now and then how many are sent
   */
  public void send(long bodies, LongConsumer progress) {
    try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
      List<Future<?>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(threads.submit(() -> sendAll(bodies, progress)));
      }
      for (Future<?> client : clients) {
        await(client);
      }
    }
  }

  /** A client that fails has sent less than it should: that is no proof of anything. */
  private static void await(Future<?> client) {
    try {
      client.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a client of the volley failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void sendAll(long bodies, LongConsumer progress) {
    for (long number = next.getAndIncrement(); number < bodies; number = next.getAndIncrement()) {
      send(number);
      if ((number + 1) % REPORT_EVERY == 0) {
        progress.accept(number + 1);
      }
    }
  }

  private void send(long number) {
    Mutant mutant = mutants.number(number);
    try {
      int status = http.send(request(number, mutant), BodyHandlers.discarding()).statusCode();
      byStatus.computeIfAbsent(status, _ -> new AtomicLong()).incrementAndGet();
      if (!RIGHT.contains(status)) {
        note("body " + number + " to " + mutant.door() + " is answered " + status);
      }
    } catch (IOException e) {
      note("body " + number + " to " + mutant.door() + " has no answer: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void note(String line) {
    if (wrong.size() < NOTED_MAX) {
      wrong.add(line);
    }
  }

  private HttpRequest request(long number, Mutant mutant) throws IOException {
    Door door = mutant.door();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(collector.resolve(door.path))
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", door.contentType)
            .header("Authorization", "Bearer " + token);
    byte[] body = mutant.body();
    if (door.isSnappy()) {
      body = Snappy.compress(body);
      request.header("Content-Encoding", "snappy");
    } else if (number % 4 == 0) {
      body = gzip(body);
      request.header("Content-Encoding", "gzip");
    }
    return request.POST(BodyPublishers.ofByteArray(body)).build();
  }

  private static byte[] gzip(byte[] body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(body);
    }
    return bytes.toByteArray();
  }

  /** The first that were not answered as they must be. */
  public synchronized List<String> wrong() {
    return List.copyOf(wrong);
  }

  /** Answers by code. */
  public Map<Integer, Long> answers() {
    Map<Integer, Long> answers = new TreeMap<>();
    byStatus.forEach((status, count) -> answers.put(status, count.get()));
    return answers;
  }
}
