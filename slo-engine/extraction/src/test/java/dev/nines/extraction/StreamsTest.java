// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.series.Addition;
import dev.nines.objectives.series.Measure;
import dev.nines.objectives.series.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** Bounds of what is remembered, and lives of a task that begin with nothing but the store. */
class StreamsTest {

  private static final Duration DAY = Duration.ofDays(1);
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long NOW = 1_800_000_000_000L;

  private final KeyValueStore<Bytes, byte[]> store = Stores.inMemoryKeyValueStore("s").get();

  @Test
  void oneStreamMoreCountsNothing() {
    Streams streams = new Streams(store, 2, DAY);
    assertThat(outcome(streams, 1, 0, 10)).isEqualTo(Outcome.FIRST);
    assertThat(outcome(streams, 2, 0, 10)).isEqualTo(Outcome.FIRST);
    assertThat(outcome(streams, 3, 0, 10)).isEqualTo(Outcome.OVER_LIMIT);
    assertThat(outcome(streams, 1, 1, 11)).isEqualTo(Outcome.COUNTED);
    assertThat(outcome(new Streams(store, 2, DAY), 3, 1, 11)).isEqualTo(Outcome.OVER_LIMIT);
  }

  @Test
  void aDayOfSilenceIsForgottenAndMakesRoom() {
    Streams streams = new Streams(store, 2_000, DAY);
    for (int series = 0; series < 2_000; series++) {
      outcome(streams, series, 0, 10);
    }
    outcome(streams, 7, 25 * HOUR, 11);
    assertThat(streams.expire() + streams.expire() + streams.expire()).isEqualTo(1_999);
    assertThat(outcome(streams, 8, 25 * HOUR, 11)).isEqualTo(Outcome.FIRST);
    assertThat(outcome(streams, 7, 26 * HOUR, 12)).isEqualTo(Outcome.COUNTED);
  }

  @Test
  void aRegionThatIsGoneMakesRoom() {
    Streams streams = new Streams(store, 3, DAY);
    outcome(streams, 1, 0, 10);
    outcome(streams, 2, 0, 10);
    streams.add(of("us", 3, 25 * HOUR, 25 * HOUR, 10));
    assertThat(streams.expire()).as("eu may be behind").isZero();
    streams.add(of("us", 3, 49 * HOUR, 49 * HOUR, 11));
    assertThat(streams.expire()).isEqualTo(2);
    assertThat(streams.add(of("us", 4, 49 * HOUR, 49 * HOUR, 11)).outcome())
        .isEqualTo(Outcome.FIRST);
  }

  /** A clock that was a day ahead until it was set right, and a point of before that comes late. */
  @Test
  void aClockThatIsSetBackStopsNoStream() {
    Streams streams = new Streams(store, 3, DAY);
    outcome(streams, 1, 0, 10);
    assertThat(streams.add(of("eu", 1, 24 * HOUR, 1_000, 15)).measure().total()).isEqualTo(5);
    assertThat(streams.add(of("eu", 1, 500, 1_500, 12)).outcome()).isEqualTo(Outcome.OLD);
    Addition right = streams.add(of("eu", 1, 2_000, 2_000, 22));
    assertThat(right.outcome()).isEqualTo(Outcome.COUNTED);
    assertThat(right.measure().total()).isEqualTo(7);
    assertThat(outcome(streams, 1, 1_800, 21)).isEqualTo(Outcome.OLD);
  }

  @Test
  void aRevivedTaskGoesOnWhereItWas() {
    Random random = new Random(5);
    long counted = 0;
    long value = 0;
    Streams streams = new Streams(store, 10, DAY);
    for (int i = 0; i < 500; i++) {
      if (random.nextInt(10) == 0) {
        streams = new Streams(store, 10, DAY);
      }
      long added = random.nextInt(100);
      value += added;
      Addition addition = streams.add(point(1, i, value));
      assertThat(addition.measure().total()).isEqualTo(i == 0 ? value : added);
      counted += addition.measure().total();
    }
    assertThat(counted).isEqualTo(value);
  }

  private static Outcome outcome(Streams streams, int series, long after, long value) {
    return streams.add(point(series, after, value)).outcome();
  }

  private static SeriesRecord.Point point(int series, long after, long value) {
    return of("eu", series, after, after, value);
  }

  /**
   * @param after NOW it claims to be
   * @param appended after NOW
   */
  private static SeriesRecord.Point of(
      String region, int series, long after, long appended, long value) {
    return new SeriesRecord.Point(
        region,
        "%032x".formatted(series),
        (NOW - HOUR) * 1_000_000,
        (NOW + after) * 1_000_000,
        NOW + appended,
        (NOW + appended) / 10_000 * 10,
        after > appended + HOUR,
        new Measure.Count(value),
        List.of());
  }
}
