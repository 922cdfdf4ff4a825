// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What real clients sent, recorded off the wire: the OpenTelemetry SDKs for Java and JavaScript and
 * Prometheus 2.42. Of native histograms and remote write 2.0, which that one does not send, there
 * are bodies written by hand to the published messages ({@code write-native}, {@code second-1}).
 */
final class Seeds {

  private static final List<String> FILES =
      List.of(
          "traces-java-1.pb",
          "traces-java-2.pb",
          "traces-java-3.pb",
          "traces-js.pb",
          "traces-js.json",
          "metrics-java-1.pb",
          "metrics-java-2.pb",
          "metrics-java-3.pb",
          "metrics-js.pb",
          "metrics-js.json",
          "write-prometheus-1.pb",
          "write-prometheus-2.pb",
          "write-prometheus-3.pb",
          "write-native.pb",
          "second-1.pb");

  private final Map<Door, List<byte[]>> byDoor = new EnumMap<>(Door.class);

  Seeds() {
    for (Door door : Door.values()) {
      List<byte[]> bodies = new ArrayList<>();
      for (String file : FILES) {
        if (file.startsWith(door.prefix) && file.endsWith(door.suffix)) {
          bodies.add(read(file));
        }
      }
      byDoor.put(door, bodies);
    }
  }

  List<byte[]> of(Door door) {
    return byDoor.getOrDefault(door, List.of());
  }

  private static byte[] read(String file) {
    try (InputStream in = Seeds.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("there is no seed " + file);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
