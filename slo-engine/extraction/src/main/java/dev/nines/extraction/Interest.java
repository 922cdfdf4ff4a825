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
 * What the sampler must know of each batch of a tenant that is sampled: how many spans there were,
 * and which traces must be kept whole. It leaves with the batch, in its transaction.
 */
final class Interest {

  /** Traces of a tenant, task and second of log-append time; further ones are decided by hash. */
  private static final int TRACES_MAX = 200;

  private static final long SECOND_MILLIS = 1_000;

  private final Set<String> sampled;
  private final RareOperations rare;
  private final Counter refused;
  private final Map<String, Integer> toldByTenant = new HashMap<>();
  private long second = Long.MIN_VALUE;

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

  /** Of one batch. */
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

    /** What there is to tell once the batch was walked to its end. */
    TraceInterest tell() {
      List<String> ids = new ArrayList<>();
      int room = TRACES_MAX - told();
      for (Slice trace : traces) {
        if (ids.size() < room) {
          ids.add(HexFormat.of().formatHex(trace.bytes()));
        } else {
          refused.inc();
        }
      }
      toldByTenant.merge(tenant, ids.size(), Integer::sum);
      Instant window = TraceInterest.window(Instant.ofEpochMilli(appendedAt));
      return new TraceInterest(tenant, window, spans, ids);
    }

    private int told() {
      long now = Math.floorDiv(appendedAt, SECOND_MILLIS);
      if (now > second) {
        second = now;
        toldByTenant.clear();
      }
      return toldByTenant.getOrDefault(tenant, 0);
    }
  }
}
