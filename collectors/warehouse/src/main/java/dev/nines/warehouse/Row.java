// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse;

import com.clickhouse.client.api.query.GenericRecord;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One row of an answer; a wrong column name or type is a mistake of the caller. */
public final class Row {

  private final GenericRecord cells;

  Row(GenericRecord cells) {
    this.cells = cells;
  }

  public String text(String column) {
    return cells.getString(column);
  }

  /** Whether the cell holds a value; false for null. */
  public boolean has(String column) {
    return cells.hasValue(column);
  }

  /** An integer of any width. */
  public BigInteger integer(String column) {
    return cells.getBigInteger(column);
  }

  /** Any integer that fits 64 bits with its sign. */
  public long number(String column) {
    return cells.getLong(column);
  }

  public double real(String column) {
    return cells.getDouble(column);
  }

  public BigDecimal decimal(String column) {
    return cells.getBigDecimal(column);
  }

  public Instant instant(String column) {
    return cells.getInstant(column);
  }

  public <T> List<T> list(String column) {
    return cells.getList(column);
  }

  /** A map of texts, sorted by key. */
  public Map<String, String> texts(String column) {
    Map<String, String> texts = new TreeMap<>();
    ((Map<?, ?>) cells.getObject(column))
        .forEach((key, value) -> texts.put(key.toString(), value.toString()));
    return texts;
  }
}
