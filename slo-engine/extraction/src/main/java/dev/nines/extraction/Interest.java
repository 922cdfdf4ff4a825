// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import dev.nines.telemetry.Slice;
import dev.nines.telemetry.SpanView;
import dev.nines.telemetry.TraceInterest;
import io.prometheus.client.Counter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the sampler must know of this second of tenants that are sampled: how many spans there were,
 * and which traces must be kept whole. In memory: what a crash takes is decided by hash.
 */
final class Interest {

  /** Traces of a tenant, task and second; further ones are decided by hash. */
  private static final int TRACES_MAX = 200;

  private final Set<String> sampled;
  private final RareOperations rare;
  private final Counter refused;
  private final Map<Key, Told> told = new HashMap<>();

  private record Key(String tenant, Instant window) {}

  private static final class Told {
    private final Set<Slice> traces = new LinkedHashSet<>();
    private long spans;
  }

  Interest(Set<String> sampled, RareOperations rare, Counter refused) {
    this.sampled = sampled;
    this.rare = rare;
    this.refused = refused;
  }

  boolean isSampled(String tenant) {
    return sampled.contains(tenant);
  }

  /** For a batch of this tenant; null when it is not sampled. */
  @Nullable Batch open(String tenant, long appendedAt) {
    return isSampled(tenant) ? new Batch(tenant, appendedAt) : null;
  }

  /** Of one batch, which counts once it was walked to its end. */
  final class Batch {

    private final String tenant;
    private final long appendedAt;
    private final Set<Slice> traces = new LinkedHashSet<>();
    private long spans;

    private Batch(String tenant, long appendedAt) {
      this.tenant = tenant;
      this.appendedAt = appendedAt;
    }

    /**
     * @param bad for an SLO
     */
    void see(SpanView span, boolean bad) {
      spans++;
      boolean first = rare.isRare(tenant, span, appendedAt);
      if (bad || first || span.failed()) {
        traces.add(span.traceId().copy());
      }
    }

    void close() {
      Instant window = TraceInterest.window(Instant.ofEpochMilli(appendedAt));
      Told of = told.computeIfAbsent(new Key(tenant, window), key -> new Told());
      of.spans += spans;
      for (Slice trace : traces) {
        if (of.traces.size() < TRACES_MAX) {
          of.traces.add(trace);
        } else if (!of.traces.contains(trace)) {
          refused.inc();
        }
      }
    }
  }

  /** What there is to tell; it is forgotten here. */
  List<TraceInterest> drain() {
    List<TraceInterest> all = new ArrayList<>();
    told.forEach(
        (key, of) ->
            all.add(
                new TraceInterest(
                    key.tenant,
                    key.window,
                    of.spans,
                    of.traces.stream()
                        .map(trace -> HexFormat.of().formatHex(trace.bytes()))
                        .toList())));
    told.clear();
    return all;
  }
}
