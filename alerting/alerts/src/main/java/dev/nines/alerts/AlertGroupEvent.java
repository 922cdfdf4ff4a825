// SPDX-License-Identifier: Apache-2.0
package dev.nines.alerts;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.nines.objectives.BurnPolicy;
import dev.nines.objectives.BurnPolicy.Severity;
import dev.nines.objectives.BurnRecord.State;
import dev.nines.objectives.SloId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What delivery tells incident, as JSON in the outbox's lane {@link #LANE}: the state of one alert
 * group after a change that people should know.
 *
 * @param groupKey {@code slo:tenant/name}, or {@code platform:...}; one open incident per key
 * @param sequence grows by one with each event of the group, from 1: older ones are repeats
 * @param state FIRING while any alert fires, FROZEN while the rest is frozen, else RESOLVED
 * @param severity the highest among the open alerts, of the last open one when resolved
 * @param reason why it is told
 * @param title for example {@code Checkout availability}
 * @param slo null for an alert of the platform itself
 * @param conditions open alerts, and those that this change resolved
 * @param at instant of the batch that made it so
 * @param decidedAt when it was decided
 */
public record AlertGroupEvent(
    String tenant,
    String groupKey,
    long sequence,
    State state,
    Severity severity,
    Reason reason,
    String title,
    @Nullable SloId slo,
    List<Condition> conditions,
    Instant at,
    Instant decidedAt) {

  /** Lane of the outbox. */
  public static final String LANE = "incident";

  /** Why an event is told. */
  public enum Reason {
    NEW,
    NEW_SCOPE,
    ESCALATED,
    FROZEN,
    FIRES_AGAIN,
    RESOLVED
  }

  /**
   * One alert of the group.
   *
   * @param scope region, {@code global}, or a part of the platform
   * @param firstBadAt start of the earliest slice with a bad event in the long window, or of the
   *     five minutes in which traffic vanished
   * @param burn null for anything but a burning budget
   * @param traffic null for anything but vanished traffic
   */
  public record Condition(
      String fingerprint,
      String alertName,
      String scope,
      State state,
      Severity severity,
      Instant firstBadAt,
      Instant at,
      Instant decidedAt,
      List<String> frozenRegions,
      @Nullable Burn burn,
      @Nullable Traffic traffic) {

    @JsonIgnore
    public boolean open() {
      return state != State.RESOLVED;
    }

    /** Whose alert it is; empty for an alert of the platform itself. */
    @JsonIgnore
    public Optional<String> service() {
      return burn != null
          ? Optional.of(burn.service())
          : Optional.ofNullable(traffic).map(Traffic::service);
    }
  }

  /**
   * The figures of a burn alert.
   *
   * @param bad events in the long window
   * @param budgetSpent share of the period's budget that is spent
   */
  public record Burn(
      BurnPolicy policy,
      String service,
      BigDecimal longBurn,
      BigDecimal shortBurn,
      long bad,
      long total,
      BigDecimal budgetSpent) {}

  /**
   * The figures of vanished traffic.
   *
   * @param counted events in the five minutes in which it vanished
   * @param expected events expected in them
   */
  public record Traffic(String service, long counted, long expected) {}

  /** The earliest bad slice among the conditions. */
  @JsonIgnore
  public Instant firstBadAt() {
    return conditions.stream().map(Condition::firstBadAt).min(Comparator.naturalOrder()).orElse(at);
  }
}
