// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nines.embedded.Addresses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Everything that a running installation holds, as texts by place. */
final class StoredTexts {

  /** Offsets and times only, and ten sparse megabytes each. */
  private static final String NO_TEXT = ".*\\.(time)?index";

  private final Addresses at;
  private final Path folder;

  /**
   * @param folder with the data folder and what {@code up} printed
   */
  StoredTexts(Addresses at, Path folder) {
    this.at = at;
    this.folder = folder;
  }

  /** Every record of every topic, decompressed, with key and headers. */
  Map<String, String> topics() {
    Map<String, StringBuilder> texts = new LinkedHashMap<>();
    Map<String, Object> settings = Map.of("bootstrap.servers", at.kafka());
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.listTopics().values().stream()
              .flatMap(List::stream)
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
        consumer
            .poll(Duration.ofSeconds(1))
            .forEach(
                each ->
                    append(texts.computeIfAbsent(each.topic(), t -> new StringBuilder()), each));
      }
    }
    return texts.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().toString()));
  }

  private static void append(StringBuilder text, ConsumerRecord<byte[], byte[]> each) {
    Stream<byte[]> headers =
        Stream.of(each.headers().toArray()).map(org.apache.kafka.common.header.Header::value);
    Stream.concat(Stream.of(each.key(), each.value()), headers)
        .filter(bytes -> bytes != null)
        .forEach(bytes -> text.append(new String(bytes, ISO_8859_1)).append('\n'));
  }

  /** Every row of every table of ClickHouse, all columns. */
  Map<String, String> clickhouse() {
    Map<String, String> texts = new LinkedHashMap<>();
    String tables =
        ask(
            "SELECT database || '.' || name FROM system.tables WHERE NOT database IN"
                + " ('system', 'information_schema', 'INFORMATION_SCHEMA') AND NOT engine LIKE"
                + " '%View' FORMAT TSV");
    tables
        .lines()
        .forEach(table -> texts.put(table, ask("SELECT * FROM " + table + " FORMAT TSV")));
    return texts;
  }

  private String ask(String sql) {
    URI uri = URI.create(at.clickhouseReadOnly() + "/?query=" + URLEncoder.encode(sql, UTF_8));
    var answer = Http.send(HttpRequest.newBuilder(uri).GET());
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(sql + ": " + answer.body());
    }
    return answer.body();
  }

  /** Every row of every table of PostgreSQL. */
  Map<String, String> postgres() {
    Map<String, String> texts = new LinkedHashMap<>();
    try (Connection connection = DriverManager.getConnection(at.postgres())) {
      for (String table :
          column(
              connection,
              "SELECT quote_ident(table_schema) || '.' || quote_ident(table_name)"
                  + " FROM information_schema.tables WHERE table_type = 'BASE TABLE'"
                  + " AND table_schema NOT IN ('pg_catalog', 'information_schema')")) {
        String rows = "SELECT row_to_json(t)::text FROM " + table + " t";
        texts.put(table, String.join("\n", column(connection, rows)));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return texts;
  }

  private static List<String> column(Connection connection, String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (var statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      while (found.next()) {
        rows.add(found.getString(1));
      }
    }
    return rows;
  }

  /** Files under the folder that hold one of the texts: logs, state stores, segments. */
  List<String> files(List<String> texts) {
    List<String> holding = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.toString().matches(NO_TEXT) && holds(file, texts)) {
          holding.add(folder.relativize(file).toString());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return holding;
  }

  private static boolean holds(Path file, List<String> texts) throws IOException {
    try {
      String content = Files.readString(file, ISO_8859_1);
      return texts.stream().anyMatch(content::contains);
    } catch (NoSuchFileException e) {
      return false; // merged or rolled since it was listed
    }
  }
}
