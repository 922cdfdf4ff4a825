// SPDX-License-Identifier: Apache-2.0
package dev.nines.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nines.embedded.PostgresProcess;
import io.prometheus.client.CollectorRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxDrainTest {

  private static final Instant FAR = Instant.parse("2100-01-01T00:00:00Z");

  @TempDir static Path data;
  static PostgresProcess postgres;
  static CollectorRegistry registry;
  static Journal journal;

  private final String lane = "lane-" + UUID.randomUUID();
  private final Outbox outbox = new Outbox();
  private final Queue<Delivery> seen = new ConcurrentLinkedQueue<>();

  @BeforeAll
  static void start() {
    postgres = PostgresProcess.start(data);
    registry = new CollectorRegistry();
    journal = Journal.connect(postgres.jdbcUrl(), 12, registry).migrate();
  }

  @AfterAll
  static void stop() {
    journal.close();
    postgres.close();
  }

  @Test
  void rowThatIsThereIsNotWrittenAgain() {
    assertThat(put("a", "", Instant.EPOCH)).isTrue();
    assertThat(put("a", "", Instant.EPOCH)).isFalse();
  }

  @Test
  void rolledBackRowIsNeverDelivered() {
    assertThatThrownBy(
            () ->
                journal.transact(
                    tx -> {
                      outbox.put(tx, message("undone", "", Instant.EPOCH));
                      throw new IllegalStateException("undone");
                    }))
        .hasMessage("undone");
    put("kept", "", Instant.EPOCH);
    try (OutboxDrain drain = drain(settings(), this::delivered)) {
      await().until(() -> seen.size() == 1);
      drain.check();
    }
    assertThat(keys()).containsExactly("kept");
  }

  @Test
  void commitWakesTheDrainLongBeforeItsPoll() {
    try (OutboxDrain drain = drain(settings().withPoll(Duration.ofMinutes(5)), this::delivered)) {
      put("first", "", Instant.EPOCH);
      await().atMost(Duration.ofSeconds(5)).until(() -> seen.size() == 1);
      put("second", "", Instant.EPOCH);
      await().atMost(Duration.ofSeconds(5)).until(() -> seen.size() == 2);
      drain.check();
    }
    assertThat(keys()).containsExactly("first", "second");
  }

  @Test
  void rowIsNotDeliveredBeforeItsTime() {
    Instant due = journal.transact(Sql::now).plusMillis(600);
    put("later", "", due);
    try (OutboxDrain drain = drain(settings(), this::delivered)) {
      await().until(() -> seen.size() == 1);
      drain.check();
    }
    assertThat(seen.element().claimedAt()).isAfterOrEqualTo(due);
  }

  @Test
  void manyDrainsDeliverEachRowOnceAndKeepTheOrderOfEachKey() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<String> written = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      String recordKey = "r" + random.nextInt(7);
      written.add(recordKey + "/" + i);
      put(recordKey + "/" + i, recordKey, Instant.EPOCH);
    }
    List<OutboxDrain> drains =
        IntStream.range(0, 4).mapToObj(i -> drain(settings(), this::delivered)).toList();
    await().until(() -> seen.size() >= 200);
    drains.forEach(OutboxDrain::close);
    assertThat(keys()).as("seed %d", seed).hasSize(200).doesNotHaveDuplicates();
    for (int key = 0; key < 7; key++) {
      String prefix = "r" + key + "/";
      assertThat(keys().stream().filter(k -> k.startsWith(prefix)))
          .as("seed %d, key %s", seed, prefix)
          .containsExactlyElementsOf(written.stream().filter(k -> k.startsWith(prefix)).toList());
    }
  }

  @Test
  void rowOfADeadHolderComesBackAmbiguous() {
    put("held", "", Instant.EPOCH);
    UUID dead = UUID.randomUUID();
    List<Delivery> claimed =
        journal.transact(tx -> OutboxRows.claim(tx, wanted(), 1, dead, Duration.ofMillis(300)));
    assertThat(claimed).singleElement().matches(delivery -> !delivery.ambiguous());
    try (OutboxDrain drain = drain(settings(), this::delivered)) {
      await().until(() -> seen.size() == 1);
      drain.check();
    }
    assertThat(seen.element().ambiguous()).isTrue();
    assertThat(seen.element().attempt()).isEqualTo(2);
  }

  @Test
  void holderThatWakesAfterItsSuccessorMarksNothing() {
    put("held", "", Instant.EPOCH);
    UUID slow = UUID.randomUUID();
    Delivery delivery =
        journal
            .transact(tx -> OutboxRows.claim(tx, wanted(), 1, slow, Duration.ofMillis(1)))
            .getFirst();
    UUID successor = UUID.randomUUID();
    await()
        .until(
            () ->
                !journal
                    .transact(
                        tx -> OutboxRows.claim(tx, wanted(), 1, successor, Duration.ofMinutes(1)))
                    .isEmpty());
    Outcome dead = new Outcome.Dead("too late");
    assertThat((boolean) journal.transact(tx -> OutboxRows.mark(tx, delivery, slow, dead)))
        .isFalse();
  }

  @Test
  void destinationThatHangsHoldsUpNeitherItsNeighboursNorAnotherDrain() {
    CountDownLatch end = new CountDownLatch(1);
    OutboxHandler handler =
        delivery -> {
          if (delivery.message().destination().equals("slack/hangs")) {
            awaitQuietly(end);
          }
          return delivered(delivery);
        };
    for (int i = 0; i < 40; i++) {
      putTo("slack/hangs", i);
    }
    for (int i = 0; i < 10; i++) {
      putTo("slack/fine", i);
      putTo("email/fine", i);
    }
    try (OutboxDrain slack = drain(settings().withDestinations("slack/", 2), handler);
        OutboxDrain email = drain(settings().withDestinations("email/", 2), handler)) {
      await().until(() -> seen.size() == 20);
      slack.check();
      email.check();
      assertThat(seen).noneMatch(row -> row.message().destination().equals("slack/hangs"));
      end.countDown();
      await().until(() -> seen.size() == 60);
    }
    assertThat(keys()).doesNotHaveDuplicates();
  }

  private void putTo(String destination, int number) {
    String key = destination + "/" + number;
    journal.transact(
        tx -> outbox.put(tx, new OutboxMessage(lane, key, destination, "", "{}", Instant.EPOCH)));
  }

  private OutboxRows.Wanted wanted() {
    return new OutboxRows.Wanted(lane, "", List.of());
  }

  @Test
  void retryWaitsAndRemembersThatItMayHaveArrived() {
    put("again", "", Instant.EPOCH);
    OutboxHandler handler =
        delivery -> {
          seen.add(delivery);
          return delivery.attempt() == 1
              ? new Outcome.Retry(Duration.ofMillis(200), "timeout", true)
              : new Outcome.Delivered("");
        };
    try (OutboxDrain drain = drain(settings(), handler)) {
      await().until(() -> seen.size() == 2);
      drain.check();
    }
    Delivery first = seen.remove();
    Delivery second = seen.remove();
    assertThat(second.ambiguous()).isTrue();
    assertThat(Duration.between(first.claimedAt(), second.claimedAt()).toMillis())
        .isGreaterThanOrEqualTo(200);
  }

  @Test
  void deadRowIsSetAsideCountedAndFreesItsKey() {
    put("bad", "same", Instant.EPOCH);
    put("good", "same", Instant.EPOCH);
    OutboxHandler handler =
        delivery -> {
          seen.add(delivery);
          return delivery.message().key().equals("bad")
              ? new Outcome.Dead("refused")
              : new Outcome.Delivered("");
        };
    try (OutboxDrain drain = drain(settings(), handler)) {
      await().until(() -> seen.size() == 2);
      await()
          .until(
              () ->
                  registry.getSampleValue(
                          "nines_outbox_dead", new String[] {"lane"}, new String[] {lane})
                      == 1.0);
      drain.check();
    }
    assertThat(keys()).containsExactly("bad", "good");
  }

  @Test
  void whatSettleWritesIsUndoneWithTheMark() {
    put("atomic", "", Instant.EPOCH);
    OutboxHandler handler =
        new OutboxHandler() {
          @Override
          public Outcome deliver(Delivery delivery) {
            return delivered(delivery);
          }

          @Override
          public void settle(java.sql.Connection transaction, Delivery delivery, Outcome outcome) {
            outbox.put(transaction, message("told-" + delivery.attempt(), "", FAR));
            if (delivery.attempt() == 1) {
              throw new IllegalStateException("crash between settle and commit");
            }
          }
        };
    try (OutboxDrain drain = drain(settings().withLease(Duration.ofMillis(300)), handler)) {
      await().until(() -> rows("state = 'done'") == 1);
      drain.check();
    }
    assertThat(rows("key = 'told-1'")).isZero();
    assertThat(rows("key = 'told-2'")).isEqualTo(1);
  }

  @Test
  void wrongStatementIsNoReasonToTryForEver() {
    put("wrong", "", Instant.EPOCH);
    OutboxHandler handler =
        delivery -> {
          seen.add(delivery);
          journal.transact(tx -> Sql.update(tx, "SELECT nothing FROM nowhere"));
          return new Outcome.Delivered("");
        };
    journal.transact(tx -> Sql.update(tx, "UPDATE outbox SET attempts = 9 WHERE lane = ?", lane));
    try (OutboxDrain drain = drain(settings(), handler)) {
      await().until(() -> rows("state = 'dead'") == 1);
      drain.check();
    }
    assertThat(seen).hasSize(1);
  }

  @Test
  void slowReceiverDoesNotHoldUpOthers() {
    CountDownLatch release = new CountDownLatch(1);
    put("slow", "", Instant.EPOCH);
    OutboxHandler handler =
        delivery -> {
          if (delivery.message().key().equals("slow")) {
            awaitQuietly(release);
          }
          return delivered(delivery);
        };
    try (OutboxDrain drain = drain(settings(), handler)) {
      put("quick", "", Instant.EPOCH);
      await().atMost(Duration.ofSeconds(5)).until(() -> keys().contains("quick"));
      release.countDown();
      await().until(() -> seen.size() == 2);
      drain.check();
    }
    assertThat(keys()).containsExactly("quick", "slow");
  }

  private OutboxDrain.Settings settings() {
    return OutboxDrain.Settings.of(lane).withPoll(Duration.ofMillis(50));
  }

  private OutboxDrain drain(OutboxDrain.Settings settings, OutboxHandler handler) {
    return new OutboxDrain(journal, settings, handler).start();
  }

  private Outcome delivered(Delivery delivery) {
    seen.add(delivery);
    return new Outcome.Delivered("");
  }

  private List<String> keys() {
    return seen.stream().map(delivery -> delivery.message().key()).toList();
  }

  private boolean put(String key, String recordKey, Instant notBefore) {
    return journal.transact(tx -> outbox.put(tx, message(key, recordKey, notBefore)));
  }

  private OutboxMessage message(String key, String recordKey, Instant notBefore) {
    return new OutboxMessage(lane, key, "nowhere", recordKey, "{}", notBefore);
  }

  private long rows(String condition) {
    String count = "SELECT count(*) FROM outbox WHERE lane = ? AND " + condition;
    return journal.transact(tx -> Sql.row(tx, count, row -> row.getLong(1), lane)).orElseThrow();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
