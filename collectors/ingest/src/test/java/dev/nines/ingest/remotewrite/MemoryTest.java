// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.remotewrite;

import static dev.nines.ingest.remotewrite.Wire.label;
import static dev.nines.ingest.remotewrite.Wire.message;
import static dev.nines.ingest.remotewrite.Wire.nested;
import static dev.nines.ingest.remotewrite.Wire.sample;
import static dev.nines.ingest.remotewrite.Wire.series;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.nines.ingest.remotewrite.Wire.Fields;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies that are small and would become large: they take what they tell the room, and no more. */
class MemoryTest {

  private static final long ROOM = 2L << 20;

  /**
   * Reader, scratch of histograms and labels, one point; and what growing arrays have let go of.
   */
  private static final long FIXED = 1L << 20;

  private static final Fields NAME = label("__name__", "a");
  private static final long TIME = 1_700_000_000_000L;
  private static final int MANY = 50_000;

  static Stream<Arguments> bodies() {
    String large = "v".repeat(60_000);
    Fields gap =
        nested(
            4,
            out -> out.writeUInt64(1, 2),
            Wire.buckets(11, 12, new TreeMap<>(Map.of(0, 1L, 998, 1L))),
            out -> out.writeInt64(15, TIME));
    return Stream.of(
        Arguments.of("gaps between buckets", true, Version.V1, times(series(NAME, gap))),
        Arguments.of("empty series", false, Version.V1, times(series())),
        Arguments.of("empty labels", false, Version.V1, message(series(raw(times(nested(1)))))),
        Arguments.of(
            "empty samples", false, Version.V1, message(series(NAME, raw(times(nested(2)))))),
        Arguments.of(
            "empty histograms", false, Version.V1, message(series(NAME, raw(times(nested(4)))))),
        Arguments.of(
            "empty exemplars", false, Version.V1, message(series(NAME, raw(times(nested(3)))))),
        Arguments.of("symbols", false, Version.V2, times(nested(4))),
        Arguments.of(
            "spans of one histogram",
            false,
            Version.V1,
            message(series(NAME, nested(4, raw(times(nested(11))))))),
        Arguments.of(
            "a label of many points",
            true,
            Version.V1,
            message(series(label("__name__", large), raw(times(sample(1, TIME)))))),
        Arguments.of(
            "a symbol of many series",
            true,
            Version.V2,
            message(
                nested(4),
                out -> out.writeString(4, "__name__"),
                out -> out.writeString(4, large),
                raw(
                    times(
                        nested(
                            5,
                            out -> out.writeByteArray(1, new byte[] {1, 2}),
                            sample(1, TIME)))))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bodies")
  void aBodyTakesNoMoreThanItSays(String name, boolean grows, Version version, byte[] body) {
    long[] told = {0};
    LongConsumer room =
        bytes -> {
          if (bytes > ROOM) {
            throw new Full();
          }
          told[0] = Math.max(told[0], bytes);
        };
    long before = allocated();
    boolean full = false;
    try {
      RemoteWrite.translate(version, body, room);
    } catch (Full e) {
      full = true;
    }
    // Arrays that doubled on the way are garbage of as much again.
    assertThat(allocated() - before).as(name).isLessThan(2 * told[0] + FIXED);
    assertThat(full).as("is stopped").isEqualTo(grows);
  }

  private static final class Full extends RuntimeException {}

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  private static Fields raw(byte[] fields) {
    return out -> out.writeRawBytes(fields);
  }

  private static byte[] times(Fields fields) {
    byte[] one = message(fields);
    byte[] all = new byte[one.length * MANY];
    for (int i = 0; i < MANY; i++) {
      System.arraycopy(one, 0, all, i * one.length, one.length);
    }
    return all;
  }
}
