// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop.delivery;

import dev.nines.shop.traffic.Region;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where the services of a region send their spans and metrics.
 *
 * @param endpoint for {@code HTTP} with the path, {@code /v1/traces}
 * @param metricsEndpoint the same for metrics, {@code /v1/metrics}
 * @param token sent as {@code Authorization: Bearer}, where there is one
 */
public record Collector(
    Region region, Protocol protocol, URI endpoint, URI metricsEndpoint, @Nullable String token) {

  /** The two OTLP transports, both with protobuf bodies and gzip. */
  public enum Protocol {
    GRPC,
    HTTP
  }
}
