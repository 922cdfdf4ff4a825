// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import dev.nines.telemetry.Slice;
import dev.nines.telemetry.SpanView;
import dev.nines.telemetry.TraceInterest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the sampler must know of each batch of a region whose tenant is sampled: how many spans
 * there were, and which traces must be kept whole. It leaves with the batch, in its transaction.
 */
final class Interest {

  /** New traces of a tenant and second of log-append time; further ones are decided by hash. */
  private static final int BAD_MAX = 200;

  private static final int RARE_MAX = 50;
  private static final long SECOND_MILLIS = 1_000;

  private final ExtractionMetrics metrics;
  private final Map<String, Told> toldByTenant = new HashMap<>();
  private final Map<String, RareOperations> rareByTenant = new HashMap<>();
  private long second = Long.MIN_VALUE;

  Interest(ExtractionMetrics metrics) {
    this.metrics = metrics;
  }

  Batch open(String tenant, long appendedAt) {
    return new Batch(tenant, appendedAt);
  }

  /** What was told in the present second. */
  private static final class Told {
    private final Set<Slice> traces = new HashSet<>();
    private int bad;
    private int rare;
  }

  /** Of one batch. */
  final class Batch {

    private final String tenant;
    private final long appendedAt;
    private final RareOperations operations;
    private final Set<Slice> bad = new LinkedHashSet<>();
    private final Set<Slice> rare = new LinkedHashSet<>();
    private long spans;

    private Batch(String tenant, long appendedAt) {
      this.tenant = tenant;
      this.appendedAt = appendedAt;
      this.operations =
          rareByTenant.computeIfAbsent(tenant, t -> new RareOperations(metrics.neverRare));
    }

    /**
     * @param badForSlo of any
     */
    void see(SpanView span, boolean badForSlo) {
      spans++;
      boolean seldom = operations.isRare(span, appendedAt);
      if (badForSlo || span.failed()) {
        bad.add(span.traceId().copy());
      } else if (seldom) {
        rare.add(span.traceId().copy());
      }
    }

    /**
     * What there is to tell once the batch was walked to its end; rare ones take no bad one's room.
     */
    TraceInterest tell() {
      Told told = told();
      List<String> ids = new ArrayList<>();
      for (Slice trace : bad) {
        told.bad += take(told, trace, told.bad < BAD_MAX, ids);
      }
      for (Slice trace : rare) {
        told.rare += take(told, trace, told.rare < RARE_MAX, ids);
      }
      Instant window = TraceInterest.window(Instant.ofEpochMilli(appendedAt));
      return new TraceInterest(tenant, window, spans, ids);
    }

    /** How much room it took. */
    private int take(Told told, Slice trace, boolean room, List<String> ids) {
      if (told.traces.contains(trace)) {
        return 0;
      }
      if (!room) {
        metrics.interestsRefused.inc();
        return 0;
      }
      told.traces.add(trace);
      ids.add(HexFormat.of().formatHex(trace.bytes()));
      return 1;
    }

    private Told told() {
      long now = Math.floorDiv(appendedAt, SECOND_MILLIS);
      if (now > second) {
        second = now;
        toldByTenant.clear();
      }
      return toldByTenant.computeIfAbsent(tenant, t -> new Told());
    }
  }
}
