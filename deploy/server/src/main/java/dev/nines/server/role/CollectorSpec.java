// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.role;

import java.util.List;

/** One entry of {@code nines.collectors}: {@code region:grpcPort:httpPort}. */
record CollectorSpec(String region, int grpcPort, int httpPort) {

  private static final int PORT_MAX = 65_535;

  /**
   * @throws IllegalArgumentException naming the entry that is malformed
   */
  static List<CollectorSpec> parse(List<String> entries) {
    return entries.stream().map(CollectorSpec::parse).toList();
  }

  private static CollectorSpec parse(String entry) {
    String[] parts = entry.split(":", -1);
    if (parts.length != 3 || parts[0].isBlank() || !isPort(parts[1]) || !isPort(parts[2])) {
      throw new IllegalArgumentException(
          "nines.collectors: '" + entry + "' is not region:grpcPort:httpPort");
    }
    return new CollectorSpec(parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
  }

  private static boolean isPort(String text) {
    return text.matches("\\d{1,5}") && Integer.parseInt(text) <= PORT_MAX;
  }
}
