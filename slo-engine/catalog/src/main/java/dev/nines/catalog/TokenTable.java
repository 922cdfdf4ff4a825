// SPDX-License-Identifier: Apache-2.0
package dev.nines.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nines.objectives.AccessToken;
import dev.nines.objectives.ObjectiveTopics;
import dev.nines.objectives.access.Principal;
import dev.nines.transport.Check;
import dev.nines.transport.JsonSerde;
import dev.nines.transport.KafkaClients;
import dev.nines.transport.LiveTable;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tokens, for roles without PostgreSQL: read from {@code control.tokens} by an own consumer.
 * Until the topic's end is reached, the copy on disk answers as well, so that a region that is cut
 * off goes on after a restart; a token that the topic says is revoked is never good.
 *
 * <p>Holds at most {@link CatalogConfig#tokenTableMax} tokens; further ones are not good here, and
 * counted.
 */
public final class TokenTable implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(TokenTable.class);

  private final JsonSerde<AccessToken> json = new JsonSerde<>(AccessToken.class);
  private final Map<String, AccessToken> live = new ConcurrentHashMap<>();
  private final Map<String, AccessToken> copy = new ConcurrentHashMap<>();
  private final Semaphore unsaved = new Semaphore(0);
  private final TokenFile file;
  private final int max;
  private final LiveTable table;
  private final Counter refused;
  private @Nullable Thread saver;
  private volatile boolean closed;

  /**
   * @param folder of the copy
   */
  public TokenTable(
      KafkaClients kafka, Path folder, CatalogConfig config, CollectorRegistry registry) {
    this.file = new TokenFile(folder);
    this.max = config.tokenTableMax();
    this.table = new LiveTable(kafka, ObjectiveTopics.TOKENS, this::receive);
    this.refused =
        Counter.build("nines_catalog_tokens_refused", "Token records that are not in the table.")
            .labelNames("reason")
            .register(registry);
  }

  /**
   * Reads the copy, begins to read the topic, and returns at once.
   *
   * @throws IOException when the copy cannot be read
   * @throws IllegalArgumentException when it is damaged: delete it and start again
   */
  public void start() throws IOException {
    file.read().forEach(token -> copy.put(token.sha256(), token));
    table.start();
    saver = Thread.ofVirtual().name("token-copy").start(this::save);
  }

  public Check check() {
    return table.check();
  }

  /** The topic's present end was read: from now on the copy does not answer. */
  public boolean complete() {
    return table.complete();
  }

  /** The principal of a token that is good. */
  public Optional<Principal> find(String token) {
    String hash = TokenHash.of(token);
    AccessToken known = live.get(hash);
    if (known == null && !complete()) {
      known = copy.get(hash);
    }
    return Optional.ofNullable(known).filter(each -> !each.revoked()).map(AccessToken::principal);
  }

  @Override
  public void close() {
    closed = true;
    table.close();
    unsaved.release();
    Thread running = saver;
    if (running != null) {
      try {
        running.join(TimeUnit.SECONDS.toMillis(5));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void receive(ConsumerRecord<byte[], byte[]> message) {
    try {
      if (message.value() == null) {
        live.remove(new String(message.key(), UTF_8));
      } else {
        keep(json.read(message.value()));
      }
      unsaved.release();
    } catch (SerializationException e) {
      refused.labels("malformed").inc();
      log.error("{} offset {} is no token", message.topic(), message.offset(), e);
    }
  }

  /** Revoked wins: a topic that is read again may show the creation after the revocation. */
  private void keep(AccessToken token) {
    AccessToken known = live.get(token.sha256());
    if (known != null && known.revoked()) {
      return;
    }
    if (live.size() < max || live.containsKey(token.sha256())) {
      live.put(token.sha256(), token);
    } else {
      refused.labels("full").inc();
    }
  }

  /** Saves what came in together at once, and only whole tables. */
  private void save() {
    try {
      boolean changed = false;
      while (!closed) {
        changed |= unsaved.tryAcquire(200, TimeUnit.MILLISECONDS);
        if (changed && complete()) {
          unsaved.drainPermits();
          saveNow();
          changed = false;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void saveNow() {
    try {
      file.write(live.values());
    } catch (IOException e) {
      refused.labels("unsaved").inc();
      log.error("the copy of the tokens cannot be written; the next change tries again", e);
    }
  }
}
