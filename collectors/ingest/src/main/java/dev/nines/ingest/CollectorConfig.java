// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

/**
 * One logical collector.
 *
 * @param bindHost address to listen on
 * @param grpcPort OTLP/gRPC, usually 4317; 0 for any free one
 * @param httpPort OTLP/HTTP, usually 4318; 0 for any free one
 * @param collectorId names the collector in progress records and accounting; stable over restarts
 * @param epoch start time of the process in milliseconds since 1970
 * @param anonymous telemetry without a token is tenant {@code default}, from loopback only
 */
public record CollectorConfig(
    String region,
    String bindHost,
    int grpcPort,
    int httpPort,
    String collectorId,
    long epoch,
    boolean anonymous) {

  /** Names this life of the collector. */
  String task() {
    return collectorId + "-" + epoch;
  }
}
