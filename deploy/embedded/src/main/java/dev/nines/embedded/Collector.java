// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded;

import java.util.List;
import java.util.stream.Collectors;

/** One region's OTLP ports on 127.0.0.1. */
public record Collector(String region, int grpcPort, int httpPort) {

  /** The value of {@code nines.collectors}: {@code region:grpcPort:httpPort,...}. */
  public static String property(List<Collector> collectors) {
    return collectors.stream()
        .map(c -> c.region() + ":" + c.grpcPort() + ":" + c.httpPort())
        .collect(Collectors.joining(","));
  }
}
