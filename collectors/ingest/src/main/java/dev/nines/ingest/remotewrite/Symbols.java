// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.remotewrite;

import dev.nines.telemetry.MalformedOtlp;
import java.util.Arrays;
import java.util.function.LongConsumer;

/** The texts that the labels of a request of version 2 refer to. */
final class Symbols {

  private static final int FIRST_CAPACITY = 64;

  private final LongConsumer room;
  private long[] texts = new long[FIRST_CAPACITY];
  private int size;

  /**
   * @param room told how many bytes the symbols will hold, before they do
   */
  Symbols(LongConsumer room) {
    this.room = room;
  }

  /**
   * @throws MalformedOtlp when the first is not empty, as all of a request would be misread
   */
  void add(long text) {
    if (size == 0 && text != Text.EMPTY && Text.length(text) != 0) {
      throw new MalformedOtlp("symbols: the first one is not empty");
    }
    if (size == texts.length) {
      room.accept(3L * Long.BYTES * size); // the list, and one of twice its size
      texts = Arrays.copyOf(texts, 2 * size);
    }
    texts[size++] = text;
  }

  /** {@link Text#NONE} for a reference to nothing. */
  long at(long reference) {
    return reference >= 0 && reference < size ? texts[(int) reference] : Text.NONE;
  }

  long bytes() {
    return (long) Long.BYTES * texts.length;
  }
}
