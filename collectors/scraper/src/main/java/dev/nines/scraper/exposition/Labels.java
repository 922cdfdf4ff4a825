// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.exposition;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Labels by name, sorted; one with an empty value is none. They have an order, so that a map of
 * labels that somebody chose for their equal hashes is a tree and no list.
 */
public final class Labels implements Comparable<Labels> {

  public static final Labels NONE = new Labels(new String[0]);

  /** Name, value, name, value. */
  private final String[] pairs;

  private final int hash;

  private Labels(String[] pairs) {
    this.pairs = pairs;
    this.hash = Arrays.hashCode(pairs);
  }

  public static Labels of(SortedMap<String, String> byName) {
    String[] pairs = new String[2 * byName.size()];
    int size = 0;
    for (Map.Entry<String, String> label : byName.entrySet()) {
      if (!label.getValue().isEmpty()) {
        pairs[size++] = label.getKey();
        pairs[size++] = label.getValue();
      }
    }
    return size == 0 ? NONE : new Labels(Arrays.copyOf(pairs, size));
  }

  public static Labels of(String... pairs) {
    SortedMap<String, String> byName = new TreeMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      byName.put(pairs[i], pairs[i + 1]);
    }
    return of(byName);
  }

  public int size() {
    return pairs.length / 2;
  }

  public @Nullable String get(String name) {
    for (int i = 0; i < pairs.length; i += 2) {
      if (pairs[i].equals(name)) {
        return pairs[i + 1];
      }
    }
    return null;
  }

  public void forEach(BiConsumer<String, String> label) {
    for (int i = 0; i < pairs.length; i += 2) {
      label.accept(pairs[i], pairs[i + 1]);
    }
  }

  public SortedMap<String, String> toMap() {
    SortedMap<String, String> map = new TreeMap<>();
    forEach(map::put);
    return map;
  }

  Labels without(String name) {
    for (int i = 0; i < pairs.length; i += 2) {
      if (pairs[i].equals(name)) {
        String[] rest = new String[pairs.length - 2];
        System.arraycopy(pairs, 0, rest, 0, i);
        System.arraycopy(pairs, i + 2, rest, i, rest.length - i);
        return new Labels(rest);
      }
    }
    return this;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Labels labels && Arrays.equals(pairs, labels.pairs);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public int compareTo(Labels other) {
    return Arrays.compare(pairs, other.pairs);
  }

  @Override
  public String toString() {
    return toMap().toString();
  }
}
