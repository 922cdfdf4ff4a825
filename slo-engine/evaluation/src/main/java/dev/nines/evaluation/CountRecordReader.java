// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.nines.objectives.CountRecord;
import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.CountRecord.Counts;
import dev.nines.objectives.CountRecord.Source;
import dev.nines.objectives.Group;
import dev.nines.objectives.SloId;
import dev.nines.transport.JsonSerde;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Reads records of {@code sli.counts}. Counts, which nearly all of them are, are read field by
 * field, in any order and with fields that a newer writer added passed over; what else there is
 * goes the way of all records. Belongs to one thread.
 */
final class CountRecordReader {

  private static final JsonFactory JSON = new JsonFactory();
  private static final JsonSerde<CountRecord> ANY = new JsonSerde<>(CountRecord.class);

  private @Nullable SloId slo;
  private long line;
  private @Nullable String region;
  private @Nullable Instant appendedAt;
  private String groupBy = "";
  private List<Cell> cells = List.of();
  private long skewed;
  private Source source = Source.SPANS;
  private boolean partial;
  private @Nullable String task;
  private long seq;

  /**
   * @throws SerializationException when the bytes are no record of counts or progress
   */
  CountRecord read(byte[] json) {
    try (JsonParser parser = JSON.createParser(json)) {
      return isCounts(parser) ? counts(parser) : ANY.read(json);
    } catch (IOException | IllegalArgumentException e) {
      throw new SerializationException("cannot read CountRecord", e);
    }
  }

  /** The type is what is written first. */
  private static boolean isCounts(JsonParser parser) throws IOException {
    return parser.nextToken() == JsonToken.START_OBJECT
        && "type".equals(parser.nextFieldName())
        && "counts".equals(parser.nextTextValue());
  }

  private Counts counts(JsonParser parser) throws IOException {
    forget();
    String field = parser.nextFieldName();
    while (field != null) {
      parser.nextToken();
      set(field, parser);
      field = parser.nextFieldName();
    }
    return new Counts(
        required(slo, "slo"),
        line,
        required(region, "region"),
        required(appendedAt, "appendedAt"),
        groupBy,
        cells,
        skewed,
        source,
        partial,
        required(task, "task"),
        seq);
  }

  private static <T> T required(@Nullable T value, String field) {
    if (value == null) {
      throw new SerializationException("counts without " + field);
    }
    return value;
  }

  private void forget() {
    slo = null;
    line = 0;
    region = null;
    appendedAt = null;
    groupBy = "";
    cells = List.of();
    skewed = 0;
    source = Source.SPANS;
    partial = false;
    task = null;
    seq = 0;
  }

  private void set(String field, JsonParser parser) throws IOException {
    switch (field) {
      case "slo" -> slo = SloId.parse(parser.getText());
      case "line" -> line = parser.getLongValue();
      case "region" -> region = parser.getText();
      case "appendedAt" -> appendedAt = InstantText.read(parser);
      case "groupBy" -> groupBy = parser.getText();
      case "cells" -> cells = cells(parser);
      case "skewed" -> skewed = parser.getLongValue();
      case "source" -> source = Source.valueOf(parser.getText());
      case "partial" -> partial = parser.getBooleanValue();
      case "task" -> task = parser.getText();
      case "seq" -> seq = parser.getLongValue();
      default -> parser.skipChildren();
    }
  }

  private static List<Cell> cells(JsonParser parser) throws IOException {
    List<Cell> cells = new ArrayList<>(2);
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      cells.add(cell(parser));
    }
    return cells;
  }

  private static Cell cell(JsonParser parser) throws IOException {
    long slice = 0;
    long good = 0;
    long total = 0;
    long uncertain = 0;
    String group = Group.ALL;
    String field = parser.nextFieldName();
    while (field != null) {
      parser.nextToken();
      switch (field) {
        case "sliceStartSeconds" -> slice = parser.getLongValue();
        case "good" -> good = parser.getLongValue();
        case "total" -> total = parser.getLongValue();
        case "uncertain" -> uncertain = parser.getLongValue();
        case "group" -> group = parser.getText();
        default -> parser.skipChildren();
      }
      field = parser.nextFieldName();
    }
    return new Cell(slice, good, total, uncertain, group);
  }
}
