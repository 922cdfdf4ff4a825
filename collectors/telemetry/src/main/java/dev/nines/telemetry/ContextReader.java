// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

/**
 * Reads what the data of all signals stand under. Each method takes the message that holds the
 * resource or scope in field 1, from the cursor to its end: it may follow the data.
 */
final class ContextReader {

  private static final byte[] SERVICE_NAME = Envelope.text("service.name");

  private final WireReader wire;
  private final AttributeReader attributes;

  ContextReader(WireReader wire, AttributeReader attributes) {
    this.wire = wire;
    this.attributes = attributes;
  }

  void resource(AttributeList into, Slice serviceName) {
    into.clear();
    while (wire.more()) {
      int tag = wire.tag();
      if (tag == 10) {
        resource(into);
      } else {
        wire.skip(tag);
      }
    }
    serviceName.clear();
    int service = into.find(SERVICE_NAME);
    if (service >= 0 && into.type(service) == AttributeList.Type.STRING) {
      Slice text = into.text(service);
      serviceName.set(text.array(), text.offset(), text.length());
    }
  }

  void scope(Slice name, Slice version, AttributeList into) {
    name.clear();
    version.clear();
    into.clear();
    while (wire.more()) {
      int tag = wire.tag();
      if (tag == 10) {
        readScope(name, version, into);
      } else {
        wire.skip(tag);
      }
    }
  }

  private void resource(AttributeList into) {
    int outer = wire.enter("resource");
    while (wire.more()) {
      int tag = wire.tag();
      if (tag == 10) {
        attributes.read(into);
      } else {
        wire.skip(tag);
      }
    }
    wire.leave(outer);
  }

  private void readScope(Slice name, Slice version, AttributeList into) {
    int outer = wire.enter("scope");
    while (wire.more()) {
      int tag = wire.tag();
      switch (tag) {
        case 10 -> wire.slice(name, "name");
        case 18 -> wire.slice(version, "version");
        case 26 -> attributes.read(into);
        default -> wire.skip(tag);
      }
    }
    wire.leave(outer);
  }
}
