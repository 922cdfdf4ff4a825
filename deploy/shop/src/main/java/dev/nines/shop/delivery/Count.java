// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop.delivery;

import com.fasterxml.jackson.annotation.JsonValue;

/** What an outbox counts. At the end of a run, created = sent + queue full + left at exit. */
public enum Count {
  CREATED_SPANS("createdSpans"),
  SENT_SPANS("sentSpans"),
  ACKNOWLEDGED_SPANS("acknowledgedSpans"),
  /** Sent, and no acknowledgement came: the collector may have them or not. */
  UNKNOWN_SPANS("unknownSpans"),
  /** Never sent: the queue was full. */
  DROPPED_QUEUE_FULL("droppedQueueFull"),
  /** Never sent: still queued when the shop had to leave. */
  DROPPED_AT_EXIT("droppedAtExit"),
  SENT_BATCHES("sentBatches"),
  ACKNOWLEDGED_BATCHES("acknowledgedBatches"),
  UNKNOWN_BATCHES("unknownBatches"),
  /** Acknowledged batches that were sent again, not counted as sent once more. */
  RESENT_BATCHES("resentBatches"),
  RESENDS_ACKNOWLEDGED("resendsAcknowledged"),
  RESENDS_UNKNOWN("resendsUnknown");

  private final String id;

  Count(String id) {
    this.id = id;
  }

  @JsonValue
  public String id() {
    return id;
  }
}
