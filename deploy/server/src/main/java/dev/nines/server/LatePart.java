// SPDX-License-Identifier: Apache-2.0
package dev.nines.server;

import dev.nines.journal.JournalUnavailable;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A part on its way: made and started on a thread of its own, and again each second while
 * PostgreSQL or Kafka is away, so that no part waits for a store that only another one needs. Any
 * other failure ends the process, with its reason.
 */
final class LatePart implements Part {

  private static final Logger LOG = LoggerFactory.getLogger(LatePart.class);
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final String name;
  private final Supplier<? extends Part> maker;
  private final Consumer<RuntimeException> fatal;
  private volatile @Nullable Part part;
  private volatile String complaint = "starting";
  private volatile boolean closed;
  private @Nullable Thread thread;

  LatePart(String name, Supplier<? extends Part> maker, Consumer<RuntimeException> fatal) {
    this.name = name;
    this.maker = maker;
    this.fatal = fatal;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void start() {
    // Loads classes, in which a virtual thread that waits keeps its carrier: of these there are
    // few.
    thread = Thread.ofPlatform().name("start-" + name).start(this::begin);
  }

  private void begin() {
    while (!closed && part == null) {
      try {
        Part made = maker.get();
        made.start();
        part = made;
      } catch (RuntimeException e) {
        if (!passing(e)) {
          LOG.error("{} cannot start", name, e);
          fatal.accept(e);
          return;
        }
        complaint = "starting: " + e.getMessage();
        LockSupport.parkNanos(AGAIN.toNanos());
      }
    }
  }

  private static boolean passing(@Nullable Throwable failure) {
    return failure != null
        && ((failure instanceof SQLException sql && new JournalUnavailable(sql).passing())
            || failure instanceof KafkaException
            || passing(failure.getCause()));
  }

  @Override
  public Optional<String> check() {
    Part started = part;
    return started == null ? Optional.of(complaint) : started.check();
  }

  @Override
  public Optional<String> note() {
    Part started = part;
    return started == null ? Optional.empty() : started.note();
  }

  @Override
  public void close() {
    closed = true;
    try {
      if (thread != null) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Part started = part;
    if (started != null) {
      started.close();
    }
  }
}
