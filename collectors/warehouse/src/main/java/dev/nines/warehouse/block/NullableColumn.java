// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse.block;

/** {@code Nullable(T)} of a type of fixed width: a byte for each row, then the values. */
public final class NullableColumn extends Column {

  private final FixedColumn values;
  private final Bytes nulls = new Bytes(1024);

  /**
   * @param values names the column
   */
  public NullableColumn(FixedColumn values) {
    super(values.name(), "Nullable(" + values.type() + ")");
    this.values = values;
  }

  public void put(long value) {
    nulls.putByte(0);
    values.put(value);
  }

  public void put(double value) {
    nulls.putByte(0);
    values.put(value);
  }

  public void putNull() {
    nulls.putByte(1);
    values.put(0L);
  }

  @Override
  public int rows() {
    return nulls.size();
  }

  @Override
  void clear() {
    nulls.clear();
    values.clear();
  }

  @Override
  void data(Bytes out) {
    out.put(nulls);
    values.data(out);
  }
}
