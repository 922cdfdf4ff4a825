// SPDX-License-Identifier: Apache-2.0
package dev.nines.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Key of a {@link Sums}: a kind, texts and numbers. Its bytes sort so that keys which differ in
 * their last number only are neighbours. No record: it remembers its hash and its bytes, since one
 * key is added to again and again.
 */
public final class SumKey {

  private final char kind;
  private final List<String> texts;
  private final List<Long> numbers;
  private final int hash;
  private byte @Nullable [] bytes;

  /**
   * @param texts of at most 65,535 bytes each
   * @param numbers not negative
   */
  public SumKey(char kind, List<String> texts, List<Long> numbers) {
    this.kind = kind;
    this.texts = List.copyOf(texts);
    this.numbers = List.copyOf(numbers);
    this.hash = hash(kind, this.texts, this.numbers);
  }

  /**
   * Mixed after each element. Texts that end in a number, and instants that are multiples of 10,
   * differ by little multiples of 31: in a sum of their hashes they make up for each other, and
   * what has become equal no later mixing tells apart.
   */
  private static int hash(char kind, List<String> texts, List<Long> numbers) {
    int hash = kind;
    for (String text : texts) {
      hash = mixed(hash * 31 + text.hashCode());
    }
    for (Long number : numbers) {
      hash = mixed(hash * 31 + number.hashCode());
    }
    return hash;
  }

  /** The finalizer of MurmurHash3, public domain. */
  private static int mixed(int sum) {
    int hash = sum;
    hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
    hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
    return hash ^ (hash >>> 16);
  }

  public char kind() {
    return kind;
  }

  public List<String> texts() {
    return texts;
  }

  public List<Long> numbers() {
    return numbers;
  }

  /** Not to be changed. */
  public byte[] bytes() {
    byte[] known = bytes;
    if (known == null) {
      known = encoded();
      bytes = known;
    }
    return known;
  }

  private byte[] encoded() {
    byte[][] encoded = new byte[texts.size()][];
    int length = 0;
    for (int i = 0; i < encoded.length; i++) {
      encoded[i] = texts.get(i).getBytes(UTF_8);
      length += 2 + encoded[i].length;
    }
    ByteBuffer buffer = ByteBuffer.allocate(2 + length + Long.BYTES * numbers.size());
    buffer.put((byte) kind).put((byte) encoded.length);
    for (byte[] text : encoded) {
      if (text.length > 0xFFFF) {
        throw new IllegalArgumentException("text of " + text.length + " bytes in a key");
      }
      buffer.putShort((short) text.length).put(text);
    }
    numbers.forEach(buffer::putLong);
    return buffer.array();
  }

  public static SumKey read(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    char kind = (char) buffer.get();
    int count = buffer.get();
    List<String> texts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      byte[] text = new byte[Short.toUnsignedInt(buffer.getShort())];
      buffer.get(text);
      texts.add(new String(text, UTF_8));
    }
    List<Long> numbers =
        Stream.generate(buffer::getLong).limit(buffer.remaining() / Long.BYTES).toList();
    return new SumKey(kind, texts, numbers);
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof SumKey that
            && hash == that.hash
            && kind == that.kind
            && numbers.equals(that.numbers)
            && texts.equals(that.texts));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return kind + texts.toString() + numbers;
  }
}
