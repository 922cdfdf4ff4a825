// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskReserveTest {

  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  @Test
  void asksFourTimesASecondAtMost() {
    AtomicReference<Instant> now = new AtomicReference<>(START);
    AtomicLong free = new AtomicLong(100);
    AtomicInteger asked = new AtomicInteger();
    DiskReserve reserve =
        new DiskReserve(
            "/data",
            100,
            () -> {
              asked.incrementAndGet();
              return free.get();
            },
            now::get);
    assertThat(reserve.reached()).isFalse();
    free.set(99);
    now.set(START.plusMillis(250));
    assertThat(reserve.reached()).isFalse();
    assertThat(asked).hasValue(1);
    now.set(START.plusMillis(251));
    assertThat(reserve.reached()).isTrue();
    free.set(100);
    now.set(START.minusSeconds(60));
    assertThat(reserve.reached()).as("a clock that went back").isFalse();
  }

  @Test
  void asksTheFileSystem(@TempDir Path folder) {
    Clock clock = Clock.systemUTC();
    assertThat(new DiskReserve(folder, 1, clock).reached()).isFalse();
    assertThat(new DiskReserve(folder, Long.MAX_VALUE, clock).reached()).isTrue();
    assertThat(new DiskReserve(folder.resolve("missing"), 1, clock).reached()).isTrue();
  }
}
