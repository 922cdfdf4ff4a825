// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse.block;

/** {@code Map(LowCardinality(String), String)}: put key, then value, then close the row. */
public final class MapColumn extends Column {

  private final WordColumn keys = new WordColumn("keys");
  private final TextColumn values = new TextColumn("values");
  private final Bytes ends = new Bytes(8 * 1024);
  private int entriesStart;
  private int textStart;
  private int rows;
  private int lastEntriesStart;
  private int lastTextStart;

  public MapColumn(String name) {
    super(name, "Map(LowCardinality(String), String)");
  }

  public WordColumn keys() {
    return keys;
  }

  public TextColumn values() {
    return values;
  }

  public void endRow() {
    if (keys.rows() != values.rows()) {
      throw new IllegalStateException(
          "%s has %d keys and %d values".formatted(name(), keys.rows(), values.rows()));
    }
    lastEntriesStart = entriesStart;
    lastTextStart = textStart;
    entriesStart = keys.rows();
    textStart = values.position();
    ends.putLong(entriesStart);
    rows++;
  }

  /** One more row like the last one: the resource of the span before. */
  public void repeatRow() {
    int entries = entriesStart - lastEntriesStart;
    keys.repeat(lastEntriesStart, entriesStart);
    values.repeat(lastTextStart, textStart, entries);
    endRow();
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  void clear() {
    keys.clear();
    values.clear();
    ends.clear();
    entriesStart = 0;
    textStart = 0;
    lastEntriesStart = 0;
    lastTextStart = 0;
    rows = 0;
  }

  @Override
  void prefix(Bytes out) {
    keys.prefix(out);
  }

  @Override
  void data(Bytes out) {
    out.put(ends);
    keys.data(out);
    values.data(out);
  }
}
