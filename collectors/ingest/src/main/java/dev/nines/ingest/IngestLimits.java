// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import java.time.Duration;

/**
 * Bounds of one JVM's collectors.
 *
 * @param maxBodyBytes largest request, before and after decompression
 * @param inFlightBytes bodies that all collectors of the JVM hold at a time
 * @param producerBufferBytes unsent records of one collector
 * @param retryAfter what refused clients are asked to wait
 * @param ackTimeout how long Kafka may take to acknowledge a record before its batch is refused
 */
public record IngestLimits(
    int maxBodyBytes,
    long inFlightBytes,
    long producerBufferBytes,
    Duration retryAfter,
    Duration ackTimeout) {

  public static final IngestLimits DEFAULT =
      new IngestLimits(
          64 << 20, 128L << 20, 8L << 20, Duration.ofSeconds(2), Duration.ofSeconds(20));
}
