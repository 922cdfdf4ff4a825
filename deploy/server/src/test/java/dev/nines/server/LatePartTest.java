// SPDX-License-Identifier: Apache-2.0
package dev.nines.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.journal.JournalUnavailable;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LatePartTest {

  @Test
  void aStoreThatIsAwayIsWaitedFor() throws InterruptedException {
    AtomicInteger tries = new AtomicInteger();
    Fake fake = new Fake();
    LatePart part =
        new LatePart(
            "api",
            () -> {
              if (tries.incrementAndGet() == 1) {
                throw new IllegalStateException(
                    "wrapped", new JournalUnavailable(new SQLException("refused", "08001")));
              }
              return fake;
            },
            failure -> {
              throw failure;
            });
    assertThat(part.check()).contains("starting");
    part.start();
    assertThat(fake.started.await(30, TimeUnit.SECONDS)).isTrue();
    part.close();
    assertThat(tries).hasValue(2);
    assertThat(part.check()).isEmpty();
    assertThat(fake.closed).isTrue();
  }

  @Test
  void anythingElseIsFatal() throws Exception {
    CompletableFuture<RuntimeException> fatal = new CompletableFuture<>();
    LatePart part =
        new LatePart(
            "collector",
            () -> {
              throw new IllegalStateException("port 4317 is taken");
            },
            fatal::complete);
    part.start();
    assertThat(fatal.get(30, TimeUnit.SECONDS)).hasMessage("port 4317 is taken");
    part.close();
    assertThat(part.check()).isPresent();
  }

  private static final class Fake implements Part {
    private final CountDownLatch started = new CountDownLatch(1);
    private volatile boolean closed;

    @Override
    public String name() {
      return "fake";
    }

    @Override
    public void start() {
      started.countDown();
    }

    @Override
    public Optional<String> check() {
      return Optional.empty();
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
