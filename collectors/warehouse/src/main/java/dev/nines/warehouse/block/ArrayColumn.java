// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse.block;

/** {@code Array(T)}: put into {@link #items}, then close the row. */
public final class ArrayColumn<C extends Column> extends Column {

  private final C items;
  private final Bytes ends = new Bytes(8 * 1024);
  private int rows;

  public ArrayColumn(String name, C items) {
    super(name, "Array(" + items.type() + ")");
    this.items = items;
  }

  public C items() {
    return items;
  }

  public void endRow() {
    ends.putLong(items.rows());
    rows++;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  void clear() {
    items.clear();
    ends.clear();
    rows = 0;
  }

  @Override
  void prefix(Bytes out) {
    items.prefix(out);
  }

  @Override
  void data(Bytes out) {
    out.put(ends);
    items.data(out);
  }
}
