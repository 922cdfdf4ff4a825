// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.redaction;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.nines.telemetry.TextFilter;
import dev.nines.telemetry.WireWriter;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One pass over one body: takes values out of its texts and counts them. */
final class Redaction implements TextFilter {

  private static final byte MASK = '*';

  private final Suspicion suspicion;
  private final List<Finder> finders;
  private final Replacement replacement;
  private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
  private final boolean cards;

  /** What stands instead of a value. */
  interface Replacement {
    byte[] of(byte[] body, Finder.Found found);
  }

  Redaction(Suspicion suspicion, List<Finder> finders, Replacement replacement) {
    this.suspicion = suspicion;
    this.finders = finders;
    this.replacement = replacement;
    cards = finders.stream().anyMatch(CardFinder.class::isInstance);
  }

  /** As many characters as the value has. */
  static byte[] mask(byte[] body, Finder.Found found) {
    byte[] mask = new byte[found.to() - found.from()];
    Arrays.fill(mask, MASK);
    return mask;
  }

  /** Values that were taken out, by kind. */
  Map<Kind, Integer> counts() {
    return counts;
  }

  @Override
  public byte @Nullable [] text(byte[] body, int from, int to) {
    if (!suspicion.text(body, from, to)) {
      return null;
    }
    Next next = new Next(body, from, to);
    Finder.@Nullable Found found = next.after(from);
    if (found == null) {
      return null;
    }
    WireWriter other = new WireWriter();
    int read = from;
    while (found != null) {
      byte[] instead = replaced(body, found);
      other.encoded(body, read, found.from()).encoded(instead, 0, instead.length);
      read = found.to();
      found = next.after(read);
    }
    return other.encoded(body, read, to).toBytes();
  }

  @Override
  public byte @Nullable [] integer(long value) {
    if (!cards || !CardNumber.is(value)) {
      return null;
    }
    byte[] digits = Long.toString(value).getBytes(US_ASCII);
    return replaced(digits, new Finder.Found(Kind.CARD, 0, digits.length));
  }

  @Override
  public byte @Nullable [] unknown(byte[] body, int from, int to) {
    byte[] masked = Arrays.copyOfRange(body, from, to);
    int before = total();
    if (cards) {
      maskCards(masked);
    }
    Next next = new Next(masked, 0, masked.length);
    for (Finder.@Nullable Found found = next.after(0);
        found != null;
        found = next.after(found.to())) {
      mask(masked, found.kind(), found.from(), found.to());
    }
    return total() == before ? null : masked;
  }

  private void maskCards(byte[] bytes) {
    int at = 0;
    int end = 0; // of the run of digits and gaps
    while (at < bytes.length) {
      end = at < end ? end : Chars.after(Chars.DIGIT | Chars.GAP, bytes, at, bytes.length);
      Finder.@Nullable Found found = LooseCard.find(bytes, at, end);
      if (found != null) {
        mask(bytes, Kind.CARD, found.from(), found.to());
        at = found.to();
      } else {
        at = end + 1;
      }
    }
  }

  private void mask(byte[] bytes, Kind kind, int from, int to) {
    counts.merge(kind, 1, Integer::sum);
    Arrays.fill(bytes, from, to, MASK);
  }

  private byte[] replaced(byte[] body, Finder.Found found) {
    counts.merge(found.kind(), 1, Integer::sum);
    return replacement.of(body, found);
  }

  private int total() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** The values of a text from left to right; of two that begin at one place the first kind's. */
  private final class Next {

    private final byte[] body;
    private final int start;
    private final int end;
    private final Finder.@Nullable Found[] found = new Finder.Found[finders.size()];
    private boolean asked;

    Next(byte[] body, int start, int end) {
      this.body = body;
      this.start = start;
      this.end = end;
    }

    Finder.@Nullable Found after(int from) {
      Finder.@Nullable Found first = null;
      for (int i = 0; i < found.length; i++) {
        Finder.@Nullable Found known = found[i];
        if (!asked || (known != null && known.from() < from)) {
          known = finders.get(i).find(body, start, from, end);
          found[i] = known;
        }
        if (known != null && (first == null || known.from() < first.from())) {
          first = known;
        }
      }
      asked = true;
      return first;
    }
  }
}
