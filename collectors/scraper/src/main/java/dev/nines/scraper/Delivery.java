// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper;

/** Port: the way into the collector that every OTLP metric takes. */
public interface Delivery {

  /** What became of a request. */
  sealed interface Answer {

    /**
     * It is on Kafka.
     *
     * @param rejected points that are not in it; the message says why
     */
    record Stored(long rejected, String message) implements Answer {}

    /**
     * @param retryable it may be taken later
     */
    record Refused(boolean retryable, String why) implements Answer {}
  }

  /**
   * Blocks until it is decided.
   *
   * @param request an {@code ExportMetricsServiceRequest}
   */
  Answer deliver(byte[] request);
}
