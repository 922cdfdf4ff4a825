// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nines.embedded.ClickHouseProcess;
import dev.nines.embedded.KafkaProcess;
import dev.nines.transport.KafkaClients;
import dev.nines.transport.Topic;
import dev.nines.warehouse.Query;
import dev.nines.warehouse.QueryLimits;
import dev.nines.warehouse.Row;
import dev.nines.warehouse.Sql;
import dev.nines.warehouse.Store;
import dev.nines.warehouse.Writer;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promise 2 at the table: count() = uniqExact(task, seq, index) = what was produced. */
class ExactSinkTest {

  static final SinkSettings SETTINGS =
      new SinkSettings(
          60,
          1 << 20,
          Duration.ofMillis(50),
          100,
          1 << 20,
          Duration.ofSeconds(5),
          Duration.ofSeconds(6));

  private static final int PARTITIONS = 2;

  @TempDir static Path data;
  private static KafkaProcess kafka;
  private static ClickHouseProcess clickHouse;
  private static KafkaClients clients;
  private static KafkaProducer<byte[], byte[]> producer;
  private static Query query;

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);
  private long seq;
  private long produced;
  private List<Future<RecordMetadata>> sends = new ArrayList<>();

  @BeforeAll
  static void start() {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    kafka = KafkaProcess.start(data.resolve("kafka"));
    clickHouse = ClickHouseProcess.start(data.resolve("clickhouse"));
    clients = new KafkaClients(kafka.bootstrapServers());
    producer = clients.producer("test");
    query = new Query(Store.of(clickHouse), QueryLimits.DEFAULT);
  }

  @AfterAll
  static void stop() {
    query.close();
    producer.close();
    clickHouse.close();
    kafka.close();
  }

  @Test
  void killedBetweenPlanAndInsert() throws Exception {
    AtomicReference<Process> child = new AtomicReference<>();
    checkSurvival(
        "planned",
        child,
        new InsertProxy.Gate() {
          @Override
          public boolean before(int number) {
            return number != 3 || !killed(child);
          }

          @Override
          public boolean after(int number) {
            return true;
          }
        });
  }

  /** Each batch is an insert into the first table, then one into the second. */
  @Test
  void killedBetweenTheInsertsOfTwoTables() throws Exception {
    AtomicReference<Process> child = new AtomicReference<>();
    checkSurvival(
        "halved",
        child,
        new InsertProxy.Gate() {
          @Override
          public boolean before(int number) {
            return number != 4 || !killed(child);
          }

          @Override
          public boolean after(int number) {
            return true;
          }
        });
  }

  @Test
  void killedBetweenInsertAndCommit() throws Exception {
    AtomicReference<Process> child = new AtomicReference<>();
    checkSurvival(
        "inserted",
        child,
        new InsertProxy.Gate() {
          @Override
          public boolean before(int number) {
            return true;
          }

          @Override
          public boolean after(int number) {
            return number != 4 || !killed(child);
          }
        });
  }

  /** More records arrive while nobody runs: without the plan, the range would end later. */
  private void checkSurvival(String name, AtomicReference<Process> child, InsertProxy.Gate gate)
      throws Exception {
    prepare(name);
    produce(name, 200);
    try (InsertProxy proxy = new InsertProxy(clickHouse.url(), gate)) {
      child.set(SinkChild.start(kafka.bootstrapServers(), proxy.url(), name, "one"));
      child.get().waitFor();
      produce(name, 200);
      try (Writer writer = writer();
          ExactSink again = sink(name, "one", writer)) {
        again.start();
        awaitExact(name);
      }
    }
  }

  @Test
  void aPausedMemberWakesAfterItsSuccessor() throws Exception {
    prepare("paused");
    produce("paused", 200);
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    AtomicReference<Process> sleeper = new AtomicReference<>();
    InsertProxy.Gate gate =
        new InsertProxy.Gate() {
          @Override
          public boolean before(int number) throws InterruptedException {
            if (number == 3) {
              signal(sleeper.get(), "STOP");
              held.countDown();
              released.await();
            }
            return true;
          }

          @Override
          public boolean after(int number) {
            return true;
          }
        };
    try (InsertProxy proxy = new InsertProxy(clickHouse.url(), gate);
        Writer writer = writer();
        ExactSink successor = sink("paused", "two", writer)) {
      sleeper.set(SinkChild.start(kafka.bootstrapServers(), proxy.url(), "paused", "one"));
      held.await();
      produce("paused", 100);
      successor.start();
      awaitExact("paused");
      released.countDown();
      signal(sleeper.get(), "CONT");
      produce("paused", 300);
      awaitExact("paused");
    } finally {
      released.countDown();
      killed(sleeper);
    }
  }

  @Test
  void clickHouseAndKafkaDieInTheMiddle() {
    prepare("engines");
    produce("engines", 500);
    try (Writer writer = writer();
        ExactSink sink = sink("engines", "one", writer)) {
      sink.start();
      await().until(() -> count("engines").number("c") > 0);
      clickHouse.kill();
      produce("engines", 500);
      await().until(() -> sink.check().state() == SinkHealth.State.RETRYING);
      assertThat(sink.check().lastError()).contains("insert into engines");
      clickHouse.restart();
      kafka.kill();
      kafka.restart();
      produce("engines", 500);
      awaitExact("engines");
      await().until(() -> sink.check().state() == SinkHealth.State.RUNNING);
      await().until(() -> sink.check().lag() == 0);
    }
  }

  @Test
  void membersShareAndNewTopicsAndMirrorsDuplicatesChangeNothing() {
    prepare("shared");
    produce("shared", 300);
    try (Writer writer = writer();
        ExactSink one = sink("shared", "one", writer);
        ExactSink two = sink("shared", "two", writer)) {
      one.start();
      await().until(() -> one.check().lastStoredAt() != null);
      two.start();
      produce("shared", 300);
      clients.create(List.of(Topic.kept("shared.new", PARTITIONS, Duration.ofHours(1))));
      produceTo("shared.new", 100);
      produceAgain("shared.a", 1);
      awaitExact("shared");
      assertThat(produced).isEqualTo(count("shared").number("c"));
    }
  }

  private static boolean killed(AtomicReference<Process> child) {
    Process process = child.get();
    if (process != null) {
      process.destroyForcibly().onExit().join();
    }
    return true;
  }

  private static void signal(Process process, String name) throws InterruptedException {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void prepare(String name) {
    clients.create(List.of(Topic.kept(name + ".a", PARTITIONS, Duration.ofHours(1))));
    CountedRows.tables(name).forEach(each -> query.execute(Sql.of(CountedRows.table(each))));
  }

  private static Writer writer() {
    return new Writer(Store.of(clickHouse), SETTINGS.insertTimeout());
  }

  private static ExactSink sink(String name, String instance, Writer writer) {
    return new ExactSink(
        CountedRows.target(name),
        clients,
        writer,
        instance,
        SETTINGS,
        new SinkMetrics(new CollectorRegistry()),
        InsertWatch.NONE,
        InstantSource.system());
  }

  private void produce(String name, int records) {
    produceTo(name + ".a", records);
  }

  private void produceTo(String topic, int records) {
    sends = new ArrayList<>();
    for (int i = 0; i < records; i++) {
      int rows = random.nextInt(5);
      produced += rows;
      send(topic, (int) (seq % PARTITIONS), ++seq, rows);
    }
    acknowledged();
  }

  /** A mirror without exactly-once writes records a second time. */
  private void produceAgain(String topic, long oldSeq) {
    for (int i = 0; i < 20; i++) {
      send(topic, (int) ((oldSeq - 1) % PARTITIONS), oldSeq, 3);
    }
    acknowledged();
  }

  /** A batch that Kafka did not take must fail the test here, not look like a loss. */
  private void acknowledged() {
    for (Future<RecordMetadata> send : sends) {
      try {
        send.get();
      } catch (InterruptedException | ExecutionException e) {
        throw new IllegalStateException("not acknowledged", e);
      }
    }
  }

  private void send(String topic, int partition, long number, int rows) {
    byte[] value = "task-%d %d %d".formatted(partition, number, rows).getBytes(UTF_8);
    sends.add(producer.send(new ProducerRecord<>(topic, partition, null, value)));
    if (sends.size() == 1) {
      acknowledged();
    }
  }

  private void awaitExact(String table) {
    await()
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              Row row = count(table);
              assertThat(List.of(row.number("c"), row.number("u")))
                  .as("rows and distinct rows of %s, seed %d", table, seed)
                  .containsExactly(produced, produced);
            });
  }

  private static Row count(String table) {
    String both = "merge(currentDatabase(), '^%s(_odd)?$')".formatted(table);
    return query.one(Sql.of("SELECT count() AS c, uniqExact(task, seq, index) AS u FROM " + both));
  }
}
