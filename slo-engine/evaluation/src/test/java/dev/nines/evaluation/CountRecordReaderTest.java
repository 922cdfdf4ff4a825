// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nines.objectives.CountRecord;
import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.CountRecord.CompleteTo;
import dev.nines.objectives.CountRecord.Counts;
import dev.nines.objectives.CountRecord.Source;
import dev.nines.objectives.Group;
import dev.nines.objectives.SloId;
import dev.nines.transport.JsonSerde;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CountRecordReaderTest {

  private static final JsonSerde<CountRecord> ANY = new JsonSerde<>(CountRecord.class);
  private static final Instant AT = Instant.parse("2026-03-01T12:00:00.125Z");

  private final CountRecordReader reader = new CountRecordReader();

  /** One after the other by one reader, as a task reads them. */
  @Test
  void whatIsReadIsWhatWasWritten() {
    Random random = new Random(11);
    for (int i = 0; i < 2_000; i++) {
      CountRecord record = random.nextInt(10) == 0 ? progress(i) : counts(random, i);
      byte[] json = ANY.write(record);
      assertThat(reader.read(json)).isEqualTo(record).isEqualTo(ANY.read(json));
    }
  }

  /** A component that is not here would be passed over: the reader has to learn it first. */
  @Test
  void everyComponentIsKnown() {
    assertThat(Stream.of(Counts.class, Cell.class).flatMap(type -> names(type)))
        .containsExactly(
            "slo",
            "line",
            "region",
            "appendedAt",
            "groupBy",
            "cells",
            "skewed",
            "source",
            "partial",
            "task",
            "seq",
            "sliceStartSeconds",
            "good",
            "total",
            "uncertain",
            "group");
  }

  private static Stream<String> names(Class<?> type) {
    return Stream.of(type.getRecordComponents()).map(RecordComponent::getName);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Of a former writer, without what came later.
        """
        {"type":"counts","slo":"t/a","line":3,"region":"eu","appendedAt":"2026-03-01T12:00:00Z",
         "cells":[{"sliceStartSeconds":10,"good":1,"total":2}],"skewed":0,"task":"0_1","seq":4}
        """,
        // Of a newer writer, with more.
        """
        {"type":"counts","slo":"t/a","line":3,"region":"eu","appendedAt":"2026-03-01T12:00:00Z",
         "more":{"cells":[1,{"seq":7}]},"cells":[{"sliceStartSeconds":10,"good":1,"total":2,
         "more":[{}]}],"skewed":0,"task":"0_1","seq":4}
        """,
        // The type is not what comes first.
        """
        {"slo":"t/a","line":3,"region":"eu","appendedAt":"2026-03-01T12:00:00Z","type":"counts",
         "cells":[],"skewed":0,"task":"0_1","seq":4}
        """
      })
  void recordsOfOtherWritersAreReadAsTheSerdeReadsThem(String json) {
    assertThat(reader.read(json.getBytes(UTF_8))).isEqualTo(ANY.read(json.getBytes(UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"type\":\"other\"}",
        "{\"type\":\"counts\",\"slo\":\"no-slash\"}",
        "{\"type\":\"counts\",\"line\":\"x\"}",
        "{\"type\":\"counts\",\"cells\":[{"
      })
  void whatIsNoRecordIsRefused(String json) {
    assertThatThrownBy(() -> reader.read(json.getBytes(UTF_8)))
        .isInstanceOf(SerializationException.class);
  }

  private static Counts counts(Random random, int seq) {
    List<Cell> cells = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      String group = random.nextBoolean() ? Group.ALL : "größe \"" + i;
      cells.add(
          new Cell(random.nextLong(), random.nextInt() - 5, random.nextInt(), seq % 3, group));
    }
    return new Counts(
        new SloId("tenant", "slo-" + random.nextInt(9)),
        random.nextInt(5),
        "eu-west-1",
        AT.plusNanos(random.nextInt()),
        random.nextBoolean() ? "" : "customer.id",
        cells,
        random.nextInt(3),
        Source.values()[random.nextInt(3)],
        random.nextBoolean(),
        "0_" + random.nextInt(4),
        seq);
  }

  private static CompleteTo progress(int seq) {
    return new CompleteTo("eu-west-1", 1, 4, AT, AT.minusSeconds(30), seq % 2 == 0, "0_1", seq);
  }
}
