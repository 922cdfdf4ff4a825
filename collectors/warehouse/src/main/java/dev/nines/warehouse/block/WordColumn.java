// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse.block;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** {@code LowCardinality(String)}: a dictionary for the block and an index for each row. */
public final class WordColumn extends StringColumn {

  /** The only version of the format; it is the column's state prefix. */
  private static final long KEYS_WITH_ADDITIONAL = 1;

  private static final long HAS_ADDITIONAL_KEYS = 1L << 9;
  private static final long NEEDS_UPDATE = 1L << 10;

  private final Dictionary dictionary = new Dictionary();
  private int[] ids = new int[1024];
  private int rows;

  public WordColumn(String name) {
    super(name, "LowCardinality(String)");
  }

  @Override
  public void put(byte[] source, int offset, int length) {
    putId(dictionary.id(source, offset, length));
  }

  /** As {@link #put}; quicker for words that mostly follow the same other one, as keys do. */
  public void putFollowing(byte[] source, int offset, int length) {
    putId(dictionary.idAfter(rows == 0 ? 0 : ids[rows - 1], source, offset, length));
  }

  @Override
  public void put(String word) {
    putId(id(word));
  }

  /** Number of a word in this block, for {@link #putId}: saves the look-up of a constant. */
  public int id(String word) {
    byte[] utf8 = word.getBytes(UTF_8);
    return dictionary.id(utf8, 0, utf8.length);
  }

  public void putId(int id) {
    if (rows == ids.length) {
      ids = Arrays.copyOf(ids, rows * 2);
    }
    ids[rows++] = id;
  }

  @Override
  int position() {
    return rows;
  }

  @Override
  void repeat(int start, int end, int count) {
    for (int i = start; i < end; i++) {
      putId(ids[i]);
    }
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  void clear() {
    dictionary.clear();
    rows = 0;
  }

  @Override
  void prefix(Bytes out) {
    out.putLong(KEYS_WITH_ADDITIONAL);
  }

  @Override
  void data(Bytes out) {
    if (rows == 0) {
      return;
    }
    int words = dictionary.size();
    int width = words <= 1 << 8 ? 0 : words <= 1 << 16 ? 1 : 2;
    out.putLong(width | HAS_ADDITIONAL_KEYS | NEEDS_UPDATE);
    dictionary.write(out);
    out.putLong(rows);
    for (int row = 0; row < rows; row++) {
      switch (width) {
        case 0 -> out.putByte(ids[row]);
        case 1 -> out.putShort(ids[row]);
        default -> out.putInt(ids[row]);
      }
    }
  }
}
