// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.panels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each macro against the output that the ClickHouse data source documents for it
 * (docs/sources/query-editor.md of plugin 4.20), at the instants of those examples.
 */
class MacrosTest {

  private static final Macros MACROS =
      new Macros(
          new TimeRange(
              Instant.ofEpochMilli(1_415_792_726_123L),
              Instant.ofEpochMilli(1_447_328_726_456L),
              Duration.ofSeconds(20)));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "$__dateFilter(date) | date >= toDate('2014-11-12') AND date <= toDate('2015-11-12')",
        "$__timeFilter(time) | time >= toDateTime(1415792726) AND time <= toDateTime(1447328726)",
        "$__timeFilter_ms(time) | time >= fromUnixTimestamp64Milli(1415792726123)"
            + " AND time <= fromUnixTimestamp64Milli(1447328726456)",
        "$__dateTimeFilter(date, time) | (date >= toDate('2014-11-12')"
            + " AND date <= toDate('2015-11-12')) AND (time >= toDateTime(1415792726)"
            + " AND time <= toDateTime(1447328726))",
        "$__dt(date, time) | (date >= toDate('2014-11-12') AND date <= toDate('2015-11-12'))"
            + " AND (time >= toDateTime(1415792726) AND time <= toDateTime(1447328726))",
        "$__timeFrom(time) | time >= toDateTime(1415792726)",
        "$__timeTo(time) | time <= toDateTime(1447328726)",
        "$__timeGroup(column, 5m) | toStartOfInterval(toDateTime(column), INTERVAL 300 second)",
        "$__timeGroup(column, '1h') | toStartOfInterval(toDateTime(column), INTERVAL 3600 second)",
        "$__fromTime | toDateTime(1415792726)",
        "$__toTime | toDateTime(1447328726)",
        "$__fromTime_ms | fromUnixTimestamp64Milli(1415792726123)",
        "$__toTime_ms | fromUnixTimestamp64Milli(1447328726456)",
        "$__interval_s | 20",
        "$__timeInterval(column) | toStartOfInterval(toDateTime(column), INTERVAL 20 second)",
        "$__timeInterval_ms(column) |"
            + " toStartOfInterval(toDateTime64(column, 3), INTERVAL 20000 millisecond)",
      })
  void asDocumented(String macro, String expanded) {
    assertThat(MACROS.expand(macro)).isEqualTo(expanded);
    assertThat(MACROS.expand("SELECT (" + macro + "), 1"))
        .isEqualTo("SELECT (" + expanded + "), 1");
  }

  /** The plugin's own cases of nesting. */
  @Test
  void innermostFirst() {
    assertThat(MACROS.expand("SELECT $__timeInterval($__fromTime) AS from_time"))
        .isEqualTo(
            "SELECT toStartOfInterval(toDateTime(toDateTime(1415792726)), INTERVAL 20 second) AS"
                + " from_time");
    assertThat(MACROS.expand("WHERE $__timeFilter(coalesce(closed_at, $__toTime))"))
        .isEqualTo(
            "WHERE coalesce(closed_at, toDateTime(1447328726)) >= toDateTime(1415792726)"
                + " AND coalesce(closed_at, toDateTime(1447328726)) <= toDateTime(1447328726)");
  }

  @Test
  void anIntervalIsASecondAtLeast() {
    TimeRange range = new TimeRange(Instant.EPOCH, Instant.EPOCH, Duration.ofMillis(200));
    assertThat(new Macros(range).expand("$__interval_s")).isEqualTo("1");
    assertThat(new Macros(range).expand("$__timeInterval_ms(t)"))
        .isEqualTo("toStartOfInterval(toDateTime64(t, 3), INTERVAL 200 millisecond)");
  }

  @Test
  void textsAreLeftAlone() {
    assertThat(MACROS.expand("SELECT 'it\\'s $__fromTime', `$__toTime`, $__interval_s"))
        .isEqualTo("SELECT 'it\\'s $__fromTime', `$__toTime`, 20");
  }

  @Test
  void whatIsNoMacroIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> MACROS.expand("$__timeFiltr(a)"));
    assertThatIllegalArgumentException().isThrownBy(() -> MACROS.expand("$__timeFilter(a, b)"));
    assertThatIllegalArgumentException().isThrownBy(() -> MACROS.expand("$__timeFilter"));
    assertThatIllegalArgumentException().isThrownBy(() -> MACROS.expand("$__timeFilter(a"));
    assertThatIllegalArgumentException().isThrownBy(() -> MACROS.expand("$__timeGroup(a, soon)"));
  }
}
