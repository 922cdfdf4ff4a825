// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.points;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.demo.truth.Batch;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each thing that can happen to a point on its way is found. */
class PointCheckTest {

  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  private final Map<String, Map<String, Long>> stored = new HashMap<>();
  private final Map<String, Batch> exports = new HashMap<>();

  @BeforeEach
  void allArrives() {
    exports.put("m1", new Batch("m1", "eu-west-1", NOW, NOW));
    points().forEach((key, point) -> stored.put(key, Map.of(point.measured().text(), 1L)));
  }

  @Test
  void aGoodRunBreaksNothing() {
    assertThat(check().broken()).isEmpty();
    assertThat(check().lost()).isZero();
    assertThat(check().duplicated()).isZero();
  }

  @Test
  void anExportThatIsGone() {
    stored.clear();
    assertThat(check().lost()).isEqualTo(2);
    assertThat(check().broken())
        .containsExactly("1 acknowledged is kept: 2 acknowledged points are not in the store");
  }

  @Test
  void halfAnExport() {
    stored.remove(point(1, 5).key());
    assertThat(check().broken()).contains("1 acknowledged is kept: 1 exports are stored in part");
  }

  @Test
  void anExportOfUnknownOutcomeMayBeThereOrNot() {
    exports.put("m1", new Batch("m1", "eu-west-1", NOW, null));
    String many = "the run: 2 points of unknown outcome, over 2 %";
    assertThat(check().broken()).containsExactly(many);
    stored.clear();
    assertThat(check().broken()).containsExactly(many);
  }

  @Test
  void aRowTwice() {
    stored.put(point(1, 5).key(), Map.of("5", 2L));
    assertThat(check().duplicated()).isEqualTo(1);
    assertThat(check().broken()).anyMatch(line -> line.startsWith("2 counted once"));
  }

  @Test
  void anotherValue() {
    stored.put(point(1, 5).key(), Map.of("6", 1L));
    assertThat(check().broken())
        .singleElement()
        .asString()
        .startsWith("1 acknowledged is kept: 1 points say something else in the store");
  }

  @Test
  void aPointThatNobodySent() {
    stored.put(point(3, 7).key(), Map.of("7", 1L));
    assertThat(check().broken()).containsExactly("2 counted once: 1 stored points were never sent");
  }

  private PointCheck check() {
    return new PointCheck(
        new PointLog(points(), exports), new StoredPoints(Map.copyOf(stored)), false);
  }

  private static Map<String, SentPoint> points() {
    Map<String, SentPoint> points = new HashMap<>();
    List.of(point(1, 5), point(2, 6)).forEach(point -> points.put(point.key(), point));
    return points;
  }

  private static SentPoint point(long time, long value) {
    return new SentPoint(
        "m1",
        "eu-west-1",
        "checkout",
        "4.7.3",
        "checkout.orders",
        false,
        0,
        time,
        Map.of("customer.tier", "plus"),
        new Measured.Counter(value));
  }
}
