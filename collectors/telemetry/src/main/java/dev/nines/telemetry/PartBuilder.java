// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import java.util.ArrayList;
import java.util.List;

/** Fills parts with spans in wire order, each up to a size; the last one may be small. */
final class PartBuilder {

  /** Tag and length of a nested message, at most. */
  private static final int FRAME_BYTES = 6;

  private final byte[] source;
  private final int maxBytes;
  private final List<BatchPart> parts = new ArrayList<>();
  private List<ResourcePart> resources = new ArrayList<>();
  private byte[] resource = new byte[0];
  private byte[] scope = new byte[0];
  private boolean resourceOpen;
  private boolean scopeOpen;
  private int bytes;
  private int items;

  /** A run of spans that lie side by side in the source. */
  private record Run(int from, int to) {}

  private record ScopePart(byte[] context, List<Run> runs) {}

  private record ResourcePart(byte[] context, List<ScopePart> scopes) {}

  PartBuilder(byte[] source, int maxBytes) {
    this.source = source;
    this.maxBytes = maxBytes;
  }

  void resource(byte[] context) {
    resource = context;
    resourceOpen = false;
    scopeOpen = false;
  }

  void scope(byte[] context) {
    scope = context;
    scopeOpen = false;
  }

  /** What each part with the present span repeats. */
  int contextBytes() {
    return resource.length + scope.length;
  }

  /** False when the span is too large for any part. */
  boolean span(int from, int to) {
    int length = to - from;
    if (openBytes(false, false) + length > maxBytes) {
      return false;
    }
    if (bytes + openBytes(resourceOpen, scopeOpen) + length > maxBytes) {
      close();
    }
    bytes += openBytes(resourceOpen, scopeOpen) + length;
    open();
    append(from, to);
    items++;
    return true;
  }

  List<BatchPart> parts() {
    close();
    return parts;
  }

  private int openBytes(boolean hasResource, boolean hasScope) {
    return (hasResource ? 0 : FRAME_BYTES + resource.length)
        + (hasScope ? 0 : FRAME_BYTES + scope.length);
  }

  private void open() {
    if (!resourceOpen) {
      resources.add(new ResourcePart(resource, new ArrayList<>()));
    }
    if (!scopeOpen) {
      resources.getLast().scopes.add(new ScopePart(scope, new ArrayList<>()));
    }
    resourceOpen = true;
    scopeOpen = true;
  }

  private void append(int from, int to) {
    List<Run> runs = resources.getLast().scopes.getLast().runs;
    if (!runs.isEmpty() && runs.getLast().to == from) {
      runs.set(runs.size() - 1, new Run(runs.getLast().from, to));
    } else {
      runs.add(new Run(from, to));
    }
  }

  private void close() {
    if (items > 0) {
      List<ResourcePart> content = resources;
      parts.add(new BatchPart(items, () -> write(content)));
    }
    resources = new ArrayList<>();
    resourceOpen = false;
    scopeOpen = false;
    bytes = 0;
    items = 0;
  }

  private byte[] write(List<ResourcePart> content) {
    WireWriter body = new WireWriter();
    for (ResourcePart part : content) {
      WireWriter message = new WireWriter().encoded(part.context, 0, part.context.length);
      part.scopes.forEach(scopePart -> message.message(2, write(scopePart)));
      body.message(1, message);
    }
    return body.toBytes();
  }

  private WireWriter write(ScopePart part) {
    WireWriter message = new WireWriter().encoded(part.context, 0, part.context.length);
    part.runs.forEach(run -> message.encoded(source, run.from, run.to));
    return message;
  }
}
