// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nines.demo.capacity.CapacityResult;
import dev.nines.demo.truth.Count;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code demo --report} writes. */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Report(
    long seed,
    int regions,
    long durationSeconds,
    Spans spans,
    Metrics metrics,
    List<SloCount> slos,
    List<GroupCount> groups,
    List<Page> pages,
    PagerDuty pagerDuty,
    List<Incident> incidents,
    Dashboards dashboards,
    Sla sla,
    Capacity capacity,
    List<String> brokenPromises) {

  /**
   * @param lost spans of acknowledged batches that the store lacks
   * @param duplicated rows beyond the first of a (trace id, span id)
   * @param unknown spans whose export's outcome the shop never learned
   * @param dropped spans that the shop's own queue refused, so never sent
   */
  public record Spans(
      long sent,
      long acknowledged,
      long stored,
      long lost,
      long duplicated,
      long unknown,
      long dropped,
      long resent) {}

  /**
   * Data points.
   *
   * @param lost points of acknowledged exports that the store lacks
   * @param duplicated rows beyond the first of a point
   */
  public record Metrics(
      long pointsSent, long pointsAcknowledged, long pointsStored, long lost, long duplicated) {}

  public record SloCount(String name, String scope, Count truth, Count engine) {}

  /** One customer, or kind of customers, of an objective that tells them apart. */
  public record GroupCount(String slo, String group, Count truth, Count engine) {}

  /**
   * @param policyEarliest acknowledgement of the batch that first made the policy true
   * @param overheadMillis what the platform added until the page reached the provider
   * @param clientDelayMillis what the client held back before
   */
  public record Page(
      String slo,
      Instant firstBadEvent,
      Instant policyEarliest,
      Instant received,
      long overheadMillis,
      long clientDelayMillis) {}

  /**
   * What the PagerDuty-shaped provider took.
   *
   * @param alerts events that called somebody
   * @param refused events against its published rules
   */
  public record PagerDuty(long alerts, long resolved, long changes, long refused) {}

  public record Incident(
      String id,
      String slo,
      Instant opened,
      @Nullable Instant acknowledged,
      @Nullable Instant resolved,
      @Nullable String postmortem) {}

  public record Dashboards(int panels, int panelsWithData) {}

  /**
   * The month of one customer.
   *
   * @param credit what the platform says is payable
   * @param expectedCredit what is payable by the shop's own log
   * @param files the report in each format, the evidence and its key
   */
  public record Sla(
      String customer,
      BigDecimal credit,
      String currency,
      BigDecimal expectedCredit,
      List<String> files) {}

  /**
   * What the planners were told.
   *
   * @param evacuation what it takes to lose any one region
   */
  public record Capacity(CapacityResult evacuation) {}
}
