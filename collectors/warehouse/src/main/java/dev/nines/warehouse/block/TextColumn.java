// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse.block;

/** {@code String}: any bytes. */
public final class TextColumn extends StringColumn {

  private final Bytes values = new Bytes(16 * 1024);
  private int rows;

  public TextColumn(String name) {
    super(name, "String");
  }

  @Override
  public void put(byte[] source, int offset, int length) {
    values.putVarint(length);
    values.put(source, offset, length);
    rows++;
  }

  @Override
  public void put(String text) {
    values.putText(text);
    rows++;
  }

  @Override
  int position() {
    return values.size();
  }

  @Override
  void repeat(int start, int end, int count) {
    values.repeat(start, end);
    rows += count;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  void clear() {
    values.clear();
    rows = 0;
  }

  @Override
  void data(Bytes out) {
    out.put(values);
  }
}
