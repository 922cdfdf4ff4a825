// SPDX-License-Identifier: Apache-2.0
package dev.nines.transport;

import dev.nines.transport.Sums.Sum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;

/** The sums of one kind, with the entries of the store that hold what of them is stored. */
final class SumsOfKind {

  /** Then all is written anew, or keys that stay for long would keep every page. */
  private static final int ENTRIES_MAX = 64;

  private final char kind;
  private final BufferedStore store;
  private final Map<SumKey, Gathered> gathered = new LinkedHashMap<>();
  private final List<Gathered> changed = new ArrayList<>();
  private final List<Bytes> entries = new ArrayList<>();
  private long pages;

  SumsOfKind(char kind, BufferedStore store) {
    this.kind = kind;
    this.store = store;
  }

  /** One key's sum while it gathers. */
  private static final class Gathered {
    private final SumKey key;
    private long latest;
    private long[] values;
    private boolean isChanged;
    private boolean isStored;
    private boolean isTaken;

    private Gathered(SumKey key, long latest, long[] values) {
      this.key = key;
      this.latest = latest;
      this.values = values;
    }

    private void add(long addedLatest, long[] increments) {
      latest = Math.max(latest, addedLatest);
      if (increments.length > values.length) {
        values = Arrays.copyOf(values, increments.length);
      }
      for (int i = 0; i < increments.length; i++) {
        values[i] = Sums.capped(values[i], increments[i]);
      }
    }

    private Sum sum() {
      return new Sum(key, latest, values);
    }
  }

  void add(SumKey key, long latest, long[] increments) {
    Gathered known = gathered.get(key);
    if (known == null) {
      known = new Gathered(key, latest, increments.clone());
      gathered.put(key, known);
    } else {
      known.add(latest, increments);
    }
    change(known);
  }

  int size() {
    return gathered.size();
  }

  List<Sum> take(Predicate<Sum> wanted) {
    List<Sum> taken = new ArrayList<>();
    Iterator<Gathered> all = gathered.values().iterator();
    while (all.hasNext()) {
      Gathered one = all.next();
      Sum sum = one.sum();
      if (wanted.test(sum)) {
        taken.add(sum);
        one.isTaken = true;
        change(one);
        all.remove();
      }
    }
    if (gathered.isEmpty()) {
      forget();
    }
    return taken;
  }

  /** Before a commit: what changed since the last one. */
  void write() {
    if (entries.size() >= ENTRIES_MAX) {
      forget();
      gathered.values().forEach(this::change);
    }
    SumPage page = new SumPage();
    for (Gathered one : changed) {
      one.isChanged = false;
      if (one.isTaken) {
        if (one.isStored) {
          page.addTaken(one.key);
        }
      } else {
        one.isStored = true;
        page.add(one.sum());
      }
      page = page.isFull() ? put(page) : page;
    }
    changed.clear();
    if (!page.isEmpty()) {
      var _ = put(page);
    }
  }

  /**
   * In the order of keys: first those of a former version, which had an entry for each key, then
   * pages, the last one of which is right.
   */
  void read(Bytes key, byte[] value) {
    entries.add(key);
    if (SumPage.isPage(key)) {
      pages = SumPage.number(key) + 1;
      SumPage.read(value, this::put, gathered::remove);
    } else {
      put(SumPage.former(key, value));
    }
  }

  private void put(Sum sum) {
    Gathered one = new Gathered(sum.key(), sum.latest(), sum.values());
    one.isStored = true;
    gathered.put(sum.key(), one);
  }

  private SumPage put(SumPage page) {
    Bytes key = SumPage.key(kind, pages++);
    store.put(key, page.bytes());
    entries.add(key);
    return new SumPage();
  }

  private void change(Gathered one) {
    if (!one.isChanged) {
      one.isChanged = true;
      changed.add(one);
    }
  }

  /** Nothing of what is stored is right any more, or all of it is written anew. */
  private void forget() {
    entries.forEach(store::delete);
    entries.clear();
    changed.forEach(one -> one.isChanged = false);
    changed.clear();
    gathered.values().forEach(one -> one.isStored = false);
  }
}
