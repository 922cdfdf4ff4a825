// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import dev.nines.telemetry.TelemetryTopics;
import dev.nines.transport.StreamsSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * @param regions whose {@code telemetry.in} is read here
 * @param lateness how long after its progress record a slice is complete
 * @param duplicateWindow how long after the first record of an identity a second one is dropped
 * @param streamsMax streams of cumulative points that one task remembers
 * @param streamMemory how long a silent one is remembered
 * @param sampledTenants whose spans the sampler chooses from, once they were counted
 * @param partitions of {@code telemetry.in} of a region, all of which must report
 * @param operationsPerService RED operations of one service and task; the rest is {@code __other__}
 */
public record ExtractionConfig(
    StreamsSettings streams,
    List<String> regions,
    Duration lateness,
    Duration duplicateWindow,
    int streamsMax,
    Duration streamMemory,
    int operationsPerService,
    Set<String> sampledTenants,
    int partitions) {

  public static final String APPLICATION = "nines-extraction";

  /**
   * Of all partitions together: 32 to 64 MiB of full batches of an SDK, 230 MB of the largest
   * parts.
   */
  private static final int BUFFERED_RECORDS = 256;

  private static final int BUFFERED_RECORDS_MIN = 4;

  /** Some batches of an SDK, or one part of a large one. */
  private static final int FETCH_BYTES = 1 << 20;

  /**
   * The settings of the promises.
   *
   * @param instance names the process in its group; two with one name fence each other
   */
  public static ExtractionConfig of(
      String bootstrapServers, List<String> regions, Path state, String instance) {
    StreamsSettings streams =
        new StreamsSettings(
            bootstrapServers,
            APPLICATION,
            "extraction-" + instance,
            1,
            state,
            1,
            Duration.ofMillis(100),
            32L << 20,
            bufferedRecords(regions.size()),
            FETCH_BYTES);
    return new ExtractionConfig(
        streams,
        regions,
        Duration.ofSeconds(30),
        Duration.ofMinutes(60),
        50_000,
        Duration.ofHours(24),
        200,
        Set.of(),
        TelemetryTopics.REGIONAL_PARTITIONS);
  }

  private static int bufferedRecords(int regions) {
    int partitions = Math.max(1, regions) * TelemetryTopics.REGIONAL_PARTITIONS;
    return Math.max(BUFFERED_RECORDS_MIN, BUFFERED_RECORDS / partitions);
  }

  /** As many processes share the work, each with an instance name and a folder of its own. */
  public ExtractionConfig withInstances(int value) {
    return new ExtractionConfig(
        streams.withInstances(value),
        regions,
        lateness,
        duplicateWindow,
        streamsMax,
        streamMemory,
        operationsPerService,
        sampledTenants,
        partitions);
  }

  public ExtractionConfig withLateness(Duration value) {
    return new ExtractionConfig(
        streams,
        regions,
        value,
        duplicateWindow,
        streamsMax,
        streamMemory,
        operationsPerService,
        sampledTenants,
        partitions);
  }

  public ExtractionConfig withSampled(Set<String> tenants) {
    return new ExtractionConfig(
        streams,
        regions,
        lateness,
        duplicateWindow,
        streamsMax,
        streamMemory,
        operationsPerService,
        Set.copyOf(tenants),
        partitions);
  }

  public ExtractionConfig withPartitions(int value) {
    return new ExtractionConfig(
        streams,
        regions,
        lateness,
        duplicateWindow,
        streamsMax,
        streamMemory,
        operationsPerService,
        sampledTenants,
        value);
  }
}
