// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.remotewrite;

import dev.nines.telemetry.WireReader;

/** Labels of both versions: messages of two texts, or lists of references to symbols. */
final class LabelReader {

  private final WireReader wire;
  private final Symbols symbols;
  private final TextReader texts = new TextReader();

  LabelReader(WireReader wire, Symbols symbols) {
    this.wire = wire;
    this.symbols = symbols;
  }

  /** The open message: of version 1 it is one label, of version 2 a packed list. */
  void read(Labels into, Version version) {
    int outer = wire.enter("labels");
    if (version == Version.V1) {
      label(into);
    } else {
      while (wire.more()) {
        reference(into);
      }
    }
    wire.leave(outer);
  }

  void reference(Labels into) {
    into.add(symbols.at(wire.varint()));
  }

  private void label(Labels into) {
    long name = Text.EMPTY;
    long value = Text.EMPTY;
    while (wire.more()) {
      int tag = wire.tag();
      switch (tag) {
        case 10 -> name = texts.read(wire, "name");
        case 18 -> value = texts.read(wire, "value");
        default -> wire.skip(tag);
      }
    }
    into.add(name);
    into.add(value);
  }
}
