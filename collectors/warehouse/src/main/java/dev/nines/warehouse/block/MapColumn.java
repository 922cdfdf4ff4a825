// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse.block;

/** {@code Map(LowCardinality(String), ...)}: put key, then value, then close the row. */
public final class MapColumn extends Column {

  private final WordColumn keys = new WordColumn("keys");
  private final StringColumn values;
  private final Bytes ends = new Bytes(8 * 1024);
  private int entriesStart;
  private int valuesStart;
  private int rows;
  private int lastEntriesStart;
  private int lastValuesStart;

  private MapColumn(String name, StringColumn values) {
    super(name, "Map(LowCardinality(String), %s)".formatted(values.type()));
    this.values = values;
  }

  /** Of values that seldom come twice, such as stack traces. */
  public static MapColumn ofTexts(String name) {
    return new MapColumn(name, new TextColumn("values"));
  }

  /** Of values that come again and again. */
  public static MapColumn ofWords(String name) {
    return new MapColumn(name, new WordColumn("values"));
  }

  public WordColumn keys() {
    return keys;
  }

  public StringColumn values() {
    return values;
  }

  public void endRow() {
    if (keys.rows() != values.rows()) {
      throw new IllegalStateException(
          "%s has %d keys and %d values".formatted(name(), keys.rows(), values.rows()));
    }
    lastEntriesStart = entriesStart;
    lastValuesStart = valuesStart;
    entriesStart = keys.rows();
    valuesStart = values.position();
    ends.putLong(entriesStart);
    rows++;
  }

  /** One more row like the last one: the resource of the span before. */
  public void repeatRow() {
    int entries = entriesStart - lastEntriesStart;
    keys.repeat(lastEntriesStart, entriesStart, entries);
    values.repeat(lastValuesStart, valuesStart, entries);
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
    valuesStart = 0;
    lastEntriesStart = 0;
    lastValuesStart = 0;
    rows = 0;
  }

  @Override
  void prefix(Bytes out) {
    keys.prefix(out);
    values.prefix(out);
  }

  @Override
  void data(Bytes out) {
    out.put(ends);
    keys.data(out);
    values.data(out);
  }
}
