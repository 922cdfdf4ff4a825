// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.response;

import dev.nines.alerts.AlertGroupEvent;
import dev.nines.alerts.AlertGroupEvent.Condition;
import dev.nines.objectives.BurnPolicy.Severity;
import dev.nines.objectives.SloId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One incident: the answer to one alert group.
 *
 * @param id decimal number
 * @param slo null when the platform itself is ill
 * @param run from 1, grows when it reopens
 * @param loop from 0, grows each time nobody acknowledged in time
 * @param openedAt of the first run
 * @param acknowledgedAt of the present run; null while nobody has
 * @param conditions the group's alerts as last told
 */
public record Incident(
    String id,
    String tenant,
    String groupKey,
    String title,
    @Nullable SloId slo,
    Severity severity,
    IncidentState state,
    int run,
    int loop,
    Instant openedAt,
    @Nullable Instant acknowledgedAt,
    List<Condition> conditions,
    Burned burned) {

  /**
   * How the present run began.
   *
   * @param firstBadAt start of the earliest slice with a bad event
   * @param policyTrueAt acknowledgement of the batch that made the policy true
   * @param decidedAt when evaluation decided
   * @param storedAt when delivery had stored it
   */
  public record Burned(
      Instant firstBadAt, Instant policyTrueAt, Instant decidedAt, Instant storedAt) {}

  /** The same for every page of the incident: providers fold pages by it. */
  public String dedupKey() {
    return "nines-incident-" + id;
  }

  public String subject() {
    return "incident/" + id;
  }

  /** Number in the database. */
  public long number() {
    return Long.parseLong(id);
  }

  /** Regions that burned, {@code global} among them, as last told. */
  public List<String> scopes() {
    return conditions.stream().map(Condition::scope).distinct().toList();
  }

  public Incident with(IncidentState newState) {
    Instant acknowledged =
        newState instanceof IncidentState.Acknowledged(Instant at, String by) ? at : acknowledgedAt;
    return new Incident(
        id,
        tenant,
        groupKey,
        title,
        slo,
        severity,
        newState,
        run,
        loop,
        openedAt,
        acknowledged,
        conditions,
        burned);
  }

  Incident withLoop(int newLoop) {
    return new Incident(
        id,
        tenant,
        groupKey,
        title,
        slo,
        severity,
        state,
        run,
        newLoop,
        openedAt,
        acknowledgedAt,
        conditions,
        burned);
  }

  /** With the group's alerts as told now, and the severity that the incident has from here on. */
  Incident told(AlertGroupEvent event, Severity newSeverity) {
    return new Incident(
        id,
        tenant,
        groupKey,
        event.title(),
        slo,
        newSeverity,
        state,
        run,
        loop,
        openedAt,
        acknowledgedAt,
        event.conditions(),
        burned);
  }

  /** A new run: paging begins again from its first loop. */
  Incident rerun(IncidentState.Triggered newState, Burned newBurned) {
    return new Incident(
        id,
        tenant,
        groupKey,
        title,
        slo,
        severity,
        newState,
        run + 1,
        0,
        openedAt,
        null,
        conditions,
        newBurned);
  }
}
