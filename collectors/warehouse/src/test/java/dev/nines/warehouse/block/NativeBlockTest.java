// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse.block;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nines.embedded.ClickHouseProcess;
import dev.nines.warehouse.Query;
import dev.nines.warehouse.QueryLimits;
import dev.nines.warehouse.Row;
import dev.nines.warehouse.Sql;
import dev.nines.warehouse.Store;
import dev.nines.warehouse.Writer;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeBlockTest {

  private static final String TABLE =
      """
      CREATE TABLE all_types (
        n UInt64, small UInt8, medium UInt16, large UInt32, signed Int64, real Float64,
        at DateTime64(9, 'UTC'), id FixedString(4), kind Enum8('a' = 0, 'b' = 1, 'c' = 2),
        text String, word LowCardinality(String), tags Map(LowCardinality(String), String),
        traits Map(LowCardinality(String), LowCardinality(String)),
        numbers Array(UInt64), words Array(LowCardinality(String)),
        bags Array(Map(LowCardinality(String), String)),
        maybe Nullable(Int64), maybe_real Nullable(Float64)
      ) ENGINE = MergeTree ORDER BY n
      """;

  /** A row as the test remembers it. */
  private record Expected(
      long n,
      int small,
      int medium,
      long large,
      long signed,
      double real,
      long atNanos,
      String id,
      int kind,
      String text,
      String word,
      Map<String, String> tags,
      Map<String, String> traits,
      List<Long> numbers,
      List<String> words,
      List<Map<String, String>> bags,
      @Nullable Long maybe,
      @Nullable Double maybeReal) {}

  @TempDir static Path data;
  private static ClickHouseProcess clickHouse;
  private static Query query;
  private static Writer writer;

  private final FixedColumn n = FixedColumn.uint64("n");
  private final FixedColumn small = FixedColumn.uint8("small");
  private final FixedColumn medium = FixedColumn.uint16("medium");
  private final FixedColumn large = FixedColumn.uint32("large");
  private final FixedColumn signed = FixedColumn.int64("signed");
  private final FixedColumn real = FixedColumn.float64("real");
  private final FixedColumn at = FixedColumn.dateTime64("at", 9);
  private final FixedColumn id = FixedColumn.fixedString("id", 4);
  private final FixedColumn kind = FixedColumn.enum8("kind", "Enum8('a' = 0, 'b' = 1, 'c' = 2)");
  private final TextColumn text = new TextColumn("text");
  private final WordColumn word = new WordColumn("word");
  private final MapColumn tags = MapColumn.ofTexts("tags");
  private final MapColumn traits = MapColumn.ofWords("traits");
  private final ArrayColumn<FixedColumn> numbers =
      new ArrayColumn<>("numbers", FixedColumn.uint64("item"));
  private final ArrayColumn<WordColumn> words = new ArrayColumn<>("words", new WordColumn("item"));
  private final ArrayColumn<MapColumn> bags = new ArrayColumn<>("bags", MapColumn.ofTexts("item"));
  private final NullableColumn maybe = new NullableColumn(FixedColumn.int64("maybe"));
  private final NullableColumn maybeReal = new NullableColumn(FixedColumn.float64("maybe_real"));
  private final NativeBlock block =
      new NativeBlock(
          List.of(
              n, small, medium, large, signed, real, at, id, kind, text, word, tags, traits,
              numbers, words, bags, maybe, maybeReal));

  @BeforeAll
  static void start() {
    clickHouse = ClickHouseProcess.start(data);
    query = new Query(Store.of(clickHouse), QueryLimits.DEFAULT);
    writer = new Writer(Store.of(clickHouse), Duration.ofSeconds(20));
    query.execute(Sql.of(TABLE));
  }

  @AfterAll
  static void stop() {
    writer.close();
    query.close();
    clickHouse.close();
  }

  /** 70,000 distinct words in one block: the dictionary grows over all three index widths. */
  @Test
  void everyTypeComesBackAsItWasPut() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<Expected> rows = new ArrayList<>();
    for (int size : List.of(1, 40, 300, 70_000)) {
      block.clear();
      for (int i = 0; i < size; i++) {
        Expected row = random(random, rows.size());
        put(row);
        rows.add(row);
      }
      writer.insert("all_types", block, "token-" + size);
    }
    assertThat(query.one(Sql.of("SELECT count() AS c FROM all_types")).number("c"))
        .as("seed %d", seed)
        .isEqualTo(rows.size());
    Sql sample =
        Sql.of(
            "SELECT *, toUnixTimestamp64Nano(at) AS nanos, toInt8(kind) AS kind_number"
                + " FROM all_types WHERE n % 23 = 0 OR n < 341 ORDER BY n");
    for (Row row : query.rows(sample)) {
      assertThat(read(row)).as("seed %d", seed).isEqualTo(rows.get((int) row.number("n")));
    }
  }

  @Test
  void numbersAreWrittenAsTheirDigits() {
    for (long value : List.of(0L, 7L, -1L, 1234567890123L, Long.MAX_VALUE, Long.MIN_VALUE)) {
      assertWrittenAsDigits(value, new TextColumn("c"), new TextColumn("c"));
      assertWrittenAsDigits(value, new WordColumn("c"), new WordColumn("c"));
    }
  }

  private static void assertWrittenAsDigits(
      long value, StringColumn column, StringColumn expected) {
    column.putNumber(value);
    expected.put(Long.toString(value));
    assertThat(bytes(column)).isEqualTo(bytes(expected));
  }

  @Test
  void aRepeatedMapRowEqualsTheLastOne() {
    assertRepeated(MapColumn.ofTexts("m"), MapColumn.ofTexts("m"));
    assertRepeated(MapColumn.ofWords("m"), MapColumn.ofWords("m"));
  }

  private static void assertRepeated(MapColumn repeated, MapColumn written) {
    put(repeated, Map.of("a", "1"));
    put(repeated, Map.of("b", "2", "c", "3"));
    repeated.repeatRow();
    repeated.repeatRow();
    put(written, Map.of("a", "1"));
    for (int i = 0; i < 3; i++) {
      put(written, Map.of("b", "2", "c", "3"));
    }
    assertThat(bytes(repeated)).isEqualTo(bytes(written));
  }

  @Test
  void columnsOfDifferentLengthAreRefused() {
    block.clear();
    n.put(1);
    assertThatThrownBy(() -> block.writeTo(OutputStream.nullOutputStream()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("column small has 0 rows instead of 1");
  }

  private static Expected random(Random random, long number) {
    List<Map<String, String>> bags = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      bags.add(randomTags(random));
    }
    return new Expected(
        number,
        random.nextInt(256),
        random.nextInt(65_536),
        random.nextLong(1L << 32),
        random.nextLong(),
        random.nextGaussian(),
        random.nextLong(4_000_000_000_000_000_000L),
        "i" + (100 + random.nextInt(900)),
        random.nextInt(3),
        randomText(random),
        random.nextInt(50) == 0 ? "" : "word-" + number,
        randomTags(random),
        randomTags(random),
        random.longs(random.nextInt(4), 0, Long.MAX_VALUE).boxed().toList(),
        random.ints(random.nextInt(4), 0, 9).mapToObj(i -> "w" + i).toList(),
        bags,
        random.nextBoolean() ? random.nextLong() : null,
        random.nextBoolean() ? random.nextGaussian() : null);
  }

  private static Map<String, String> randomTags(Random random) {
    Map<String, String> tags = new TreeMap<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      tags.put("key-" + random.nextInt(20), randomText(random));
    }
    return tags;
  }

  private static String randomText(Random random) {
    return "é\t'\\\n\"Ω".repeat(random.nextInt(3)) + "x".repeat(random.nextInt(200));
  }

  private void put(Expected row) {
    n.put(row.n());
    small.put(row.small());
    medium.put(row.medium());
    large.put(row.large());
    signed.put(row.signed());
    real.put(row.real());
    at.put(row.atNanos());
    id.put(row.id().getBytes(UTF_8), 0, 4);
    kind.put(row.kind());
    text.put(row.text());
    word.put(row.word());
    put(tags, row.tags());
    put(traits, row.traits());
    row.numbers().forEach(numbers.items()::put);
    numbers.endRow();
    row.words().forEach(words.items()::put);
    words.endRow();
    row.bags().forEach(bag -> put(bags.items(), bag));
    bags.endRow();
    Long number = row.maybe();
    if (number == null) {
      maybe.putNull();
    } else {
      maybe.put(number);
    }
    Double fraction = row.maybeReal();
    if (fraction == null) {
      maybeReal.putNull();
    } else {
      maybeReal.put(fraction);
    }
  }

  private static void put(MapColumn column, Map<String, String> entries) {
    new TreeMap<>(entries)
        .forEach(
            (key, value) -> {
              column.keys().put(key);
              column.values().put(value);
            });
    column.endRow();
  }

  private static Expected read(Row row) {
    List<Map<String, String>> bags = new ArrayList<>();
    row.<Map<String, String>>list("bags").forEach(bag -> bags.add(new TreeMap<>(bag)));
    return new Expected(
        row.number("n"),
        (int) row.number("small"),
        (int) row.number("medium"),
        row.number("large"),
        row.number("signed"),
        row.real("real"),
        row.number("nanos"),
        row.text("id"),
        (int) row.number("kind_number"),
        row.text("text"),
        row.text("word"),
        row.texts("tags"),
        row.texts("traits"),
        row.<Number>list("numbers").stream().map(Number::longValue).toList(),
        row.list("words"),
        bags,
        row.has("maybe") ? row.number("maybe") : null,
        row.has("maybe_real") ? row.real("maybe_real") : null);
  }

  private static byte[] bytes(Column column) {
    Bytes out = new Bytes(16);
    column.prefix(out);
    column.data(out);
    java.io.ByteArrayOutputStream stream = new java.io.ByteArrayOutputStream();
    try {
      out.writeTo(stream);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return stream.toByteArray();
  }
}
