// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.transport.StreamsSettings;
import java.nio.file.Path;
import java.time.Duration;

/**
 * @param statusEvery how often a budget that changed is shown, at most
 */
public record EvaluationConfig(StreamsSettings streams, Duration statusEvery) {

  public static final String APPLICATION = "nines-evaluation";

  /** Counts are some hundred bytes; a record of them has a few KiB at most. */
  private static final int BUFFERED_RECORDS = 500;

  /**
   * The settings of the promises.
   *
   * @param instance names the process in its group; two with one name fence each other
   */
  public static EvaluationConfig of(String bootstrapServers, Path state, String instance) {
    StreamsSettings streams =
        new StreamsSettings(
            bootstrapServers,
            APPLICATION,
            "evaluation-" + instance,
            1,
            state,
            1,
            Duration.ofMillis(100),
            64L << 20,
            BUFFERED_RECORDS,
            2 * StreamsSettings.BATCH_BYTES);
    return new EvaluationConfig(streams, Duration.ofMillis(500));
  }

  /** As many processes share the work, each with an instance name and a folder of its own. */
  public EvaluationConfig withInstances(int value) {
    return new EvaluationConfig(streams.withInstances(value), statusEvery);
  }
}
