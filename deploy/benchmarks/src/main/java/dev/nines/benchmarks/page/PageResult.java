// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks.page;

import dev.nines.benchmarks.BenchFailedException;
import dev.nines.demo.stage.Provider;
import dev.nines.demo.stage.Provider.Page;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What came of one run of ours.
 *
 * @param sinceAcknowledged from the acknowledgement of the batch that made the policy true, or the
 *     boundary of slices that did
 * @param sinceEvents from the request that made it true: with what the client held back
 * @param wrong pages that were not due, or came before they were
 */
record PageResult(Overheads sinceAcknowledged, Overheads sinceEvents, List<String> wrong) {

  /** Beyond a page, so that one that came too early is found out. */
  private static final long GRACE_MILLIS = 60_000;

  /**
   * Holds the pages against what was sent.
   *
   * @param burning those that failed, and no other
   * @param measuredFrom start of the history, epoch milliseconds
   */
  static PageResult of(
      Provider provider, List<Tenant> tenants, List<Service> burning, long measuredFrom) {
    Map<String, Long> received = received(provider);
    List<String> wrong = new ArrayList<>(provider.complaints());
    List<Long> sinceAcknowledged = new ArrayList<>();
    List<Long> sinceEvents = new ArrayList<>();
    Earliest earliest = new Earliest(measuredFrom);
    for (Tenant tenant : tenants) {
      for (Service service : tenant.services()) {
        Long at = received.remove(service.slo());
        if (at != null && !burning.contains(service)) {
          wrong.add(service.slo() + " was paged and did not burn");
        } else if (at != null) {
          sinceAcknowledged.add(at - due(earliest.byArrival(service, tenant.arrivals()), service));
          sinceEvents.add(at - due(earliest.byEvents(service, at + GRACE_MILLIS), service));
        }
      }
    }
    received.keySet().forEach(slo -> wrong.add("a page about " + slo));
    sinceAcknowledged.stream()
        .filter(late -> late < 0)
        .forEach(late -> wrong.add("a page came %d ms before it was due".formatted(-late)));
    int missing = burning.size() - sinceAcknowledged.size();
    return new PageResult(
        new Overheads(sinceAcknowledged, missing), new Overheads(sinceEvents, missing), wrong);
  }

  /** SLOs that were paged. */
  static int paged(Provider provider) {
    return received(provider).size();
  }

  /** When the first page of each came, epoch milliseconds. */
  private static Map<String, Long> received(Provider provider) {
    Map<String, Long> received = new LinkedHashMap<>();
    provider.pages().stream()
        .filter(page -> page.event().equals("trigger"))
        .sorted(Comparator.comparing(Page::received))
        .forEach(page -> received.putIfAbsent(page.slo(), page.received().toEpochMilli()));
    return received;
  }

  private static long due(OptionalLong instant, Service service) {
    return instant.orElseThrow(
        () -> new BenchFailedException(service.slo() + " was paged before its policy held"));
  }
}
