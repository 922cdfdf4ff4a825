// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.remotewrite;

import dev.nines.telemetry.Slice;
import dev.nines.telemetry.WireReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads one {@code TimeSeries} of either version; what is wrong with a point is noted. */
final class SeriesReader {

  private final WireReader wire;
  private final Version version;
  private final List<String> symbols;
  private final Rejections rejections;
  private final Slice slice = new Slice();

  /**
   * @param symbols of version 2; empty in version 1
   */
  SeriesReader(WireReader wire, Version version, List<String> symbols, Rejections rejections) {
    this.wire = wire;
    this.version = version;
    this.symbols = symbols;
    this.rejections = rejections;
  }

  /**
   * The open message of a series; the cursor is behind it, also when a rule is broken.
   *
   * @throws Invalid when nothing of the series can be kept
   */
  TimeSeries read() {
    Parts parts = new Parts();
    int outer = wire.enter("timeseries");
    while (wire.more()) {
      int tag = wire.tag();
      switch (tag >>> 3) {
        case 1 -> label(parts, tag);
        case 2 -> sample(parts, Sample.read(wire));
        case 3 -> thirdOrFourth(parts, version == Version.V1);
        case 4 -> thirdOrFourth(parts, version == Version.V2);
        case 5 -> parts.declared = metadata(tag);
        case 6 -> parts.created = version == Version.V2 ? wire.varint() : skipped(tag);
        default -> wire.skip(tag);
      }
    }
    wire.leave(outer);
    return parts.series();
  }

  private final class Parts {
    private final List<String> labels = new ArrayList<>();
    private final List<Sample> samples = new ArrayList<>();
    private final List<NativeHistogram> histograms = new ArrayList<>();
    private final List<Exemplar> exemplars = new ArrayList<>();
    private int declared;
    private long created;

    TimeSeries series() {
      SortedMap<String, String> byName = labels(labels);
      if (byName.getOrDefault("__name__", "").isEmpty()) {
        throw new Invalid("a series without __name__");
      }
      if (!samples.isEmpty() && !histograms.isEmpty()) {
        throw new Invalid("samples and histograms in one series");
      }
      return new TimeSeries(byName, declared, created, samples, histograms, exemplars);
    }
  }

  /** Version 1: a message of two texts. Version 2: a list of references, packed or not. */
  private void label(Parts parts, int tag) {
    if (version == Version.V2) {
      references(parts.labels, tag);
      return;
    }
    String name = "";
    String value = "";
    int outer = wire.enter("labels");
    while (wire.more()) {
      int field = wire.tag();
      switch (field) {
        case 10 -> name = text("name");
        case 18 -> value = text("value");
        default -> wire.skip(field);
      }
    }
    wire.leave(outer);
    parts.labels.add(name);
    parts.labels.add(value);
  }

  private void references(List<String> into, int tag) {
    if ((tag & 7) == 0) {
      into.add(symbol(wire.varint()));
      return;
    }
    int outer = wire.enter("labels_refs");
    while (wire.more()) {
      into.add(symbol(wire.varint()));
    }
    wire.leave(outer);
  }

  /** A reference to nothing is told when the series is whole. */
  private String symbol(long reference) {
    return reference >= 0 && reference < symbols.size()
        ? symbols.get((int) reference)
        : UNKNOWN_SYMBOL;
  }

  /** No valid UTF-8 text has it. */
  private static final String UNKNOWN_SYMBOL = "\uD800";

  private void sample(Parts parts, Sample sample) {
    if (!Points.isTime(sample.millis())) {
      rejections.add("a sample without a time", 1);
      return;
    }
    parts.samples.add(sample);
  }

  private void thirdOrFourth(Parts parts, boolean exemplar) {
    try {
      if (exemplar) {
        parts.exemplars.add(exemplar());
      } else {
        parts.histograms.add(timed(NativeHistogram.read(wire)));
      }
    } catch (Invalid e) {
      rejections.add(e.rule(), 1);
    }
  }

  private static NativeHistogram timed(NativeHistogram histogram) {
    if (!Points.isTime(histogram.millis())) {
      throw new Invalid("a histogram without a time");
    }
    return histogram;
  }

  private Exemplar exemplar() {
    Parts parts = new Parts();
    long bits = 0;
    long millis = 0;
    int outer = wire.enter("exemplars");
    while (wire.more()) {
      int tag = wire.tag();
      switch (tag) {
        case 8, 10 -> label(parts, tag);
        case 17 -> bits = wire.fixed64();
        case 24 -> millis = wire.varint();
        default -> wire.skip(tag);
      }
    }
    wire.leave(outer);
    if (!Points.isTime(millis)) {
      throw new Invalid("an exemplar without a time");
    }
    return new Exemplar(labels(parts.labels), bits, millis);
  }

  private int metadata(int tag) {
    if (version == Version.V1 || (tag & 7) != 2) {
      wire.skip(tag);
      return 0;
    }
    int type = 0;
    int outer = wire.enter("metadata");
    while (wire.more()) {
      int field = wire.tag();
      if (field == 8) {
        type = (int) wire.varint();
      } else {
        wire.skip(field);
      }
    }
    wire.leave(outer);
    return type;
  }

  private long skipped(int tag) {
    wire.skip(tag);
    return 0;
  }

  private String text(String field) {
    wire.slice(slice, field);
    return utf8(slice);
  }

  /** Malformed text is told as a label that is none. */
  static String utf8(Slice slice) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(slice.array(), slice.offset(), slice.length()))
          .toString();
    } catch (CharacterCodingException e) {
      return UNKNOWN_SYMBOL;
    }
  }

  /** Sorted, as senders must and some do not. */
  private static SortedMap<String, String> labels(List<String> texts) {
    if (texts.contains(UNKNOWN_SYMBOL)) {
      throw new Invalid("a label that refers to no symbol, or is no UTF-8");
    }
    if (texts.size() % 2 != 0) {
      throw new Invalid("a label without a value");
    }
    SortedMap<String, String> labels = new TreeMap<>();
    for (int i = 0; i < texts.size(); i += 2) {
      String name = texts.get(i);
      if (name.isEmpty()) {
        throw new Invalid("a label without a name");
      }
      if (labels.put(name, texts.get(i + 1)) != null) {
        throw new Invalid("the label " + name + " twice");
      }
    }
    labels.values().removeIf(String::isEmpty);
    return labels;
  }
}
