// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.nines.objectives.CountRecord.Source;
import dev.nines.objectives.Group;
import dev.nines.objectives.SloId;
import dev.nines.objectives.series.Measure;
import dev.nines.objectives.series.Role;
import dev.nines.objectives.series.SeriesPoint;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** What the first stage of extraction tells the second over {@code series.points}; JSON. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @Type(value = SeriesRecord.Point.class, name = "point"),
  @Type(value = SeriesRecord.Reach.class, name = "reach")
})
sealed interface SeriesRecord {

  String region();

  /**
   * One cumulative point of a series that an SLO selects, key: the series.
   *
   * @param series hex of its id
   * @param startNanos when its stream began, epoch nanoseconds; 0 when the client does not know
   * @param appendedAt log-append time of its batch, epoch milliseconds
   * @param sliceStartSeconds where its increment counts
   * @param skewed it claimed to be over 5 min ahead
   */
  record Point(
      String region,
      String series,
      long startNanos,
      long timeNanos,
      long appendedAt,
      long sliceStartSeconds,
      boolean skewed,
      Measure measure,
      List<Use> uses)
      implements SeriesRecord {

    @JsonIgnore
    SeriesPoint point() {
      return new SeriesPoint(region, startNanos, timeNanos, appendedAt, skewed, measure);
    }
  }

  /**
   * What an SLO wants of the series, as its generation at the point's slice says.
   *
   * @param sinceSeconds when the SLO's line began
   * @param limit threshold in the metric's unit
   * @param groupBy attribute that {@code group} is the value of
   * @param group {@link Group} of its events: attributes name a series, so all of it has one
   */
  record Use(
      SloId slo,
      long line,
      Role role,
      BigDecimal limit,
      long sinceSeconds,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) String groupBy,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) String group) {

    public Use {
      groupBy = Objects.requireNonNullElse(groupBy, "");
      group = Objects.requireNonNullElse(group, Group.ALL);
    }

    @JsonIgnore
    Source source() {
      return role.source();
    }
  }

  /**
   * All points of this region and partition of {@code telemetry.in} that the progress covers come
   * before this record. Written to every partition.
   */
  record Reach(
      String region,
      int partition,
      int partitions,
      Instant progressAt,
      Instant completeTo,
      boolean goodbye)
      implements SeriesRecord {}
}
