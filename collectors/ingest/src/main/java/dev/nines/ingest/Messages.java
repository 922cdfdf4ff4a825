// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import dev.nines.telemetry.BatchCut;
import dev.nines.telemetry.Signal;
import dev.nines.telemetry.WireWriter;
import java.time.Duration;
import java.util.stream.Collectors;

/** Bodies of answers in protobuf wire form. */
final class Messages {

  static final String RETRY_INFO = "type.googleapis.com/google.rpc.RetryInfo";
  static final String BAD_REQUEST = "type.googleapis.com/google.rpc.BadRequest";

  private Messages() {}

  /**
   * The response of any signal: their fields have the same numbers; partial_success is unset on
   * full success.
   */
  static byte[] response(Answer.Stored stored) {
    WireWriter response = new WireWriter();
    if (stored.rejectedItems() > 0) {
      response.message(
          1, new WireWriter().varint(1, stored.rejectedItems()).text(2, stored.message()));
    }
    return response.toBytes();
  }

  /**
   * A {@code google.rpc.Status}, with RetryInfo where a retry can help, and BadRequest where the
   * body is at fault.
   */
  static byte[] status(Answer.Refused refused, Duration retryAfter) {
    WireWriter status =
        new WireWriter().varint(1, refused.fault().grpcCode()).text(2, refused.message());
    if (refused.fault().retryable()) {
      WireWriter delay =
          new WireWriter().varint(1, retryAfter.toSeconds()).varint(2, retryAfter.getNano());
      status.message(3, any(RETRY_INFO, new WireWriter().message(1, delay)));
    } else if (refused.fault() == Fault.MALFORMED) {
      WireWriter violation = new WireWriter().text(2, refused.message());
      status.message(3, any(BAD_REQUEST, new WireWriter().message(1, violation)));
    }
    return status.toBytes();
  }

  private static WireWriter any(String type, WireWriter value) {
    return new WireWriter().text(1, type).message(2, value);
  }

  /**
   * Says which items were rejected and by which rule.
   *
   * @param series which metrics have too many; may be empty
   */
  static String rejections(Signal signal, BatchCut.Cut cut, String series) {
    String rejections =
        cut.rejected().entrySet().stream()
            .map(
                entry ->
                    entry.getValue() + " " + signal.items() + " rejected: " + entry.getKey().rule())
            .collect(Collectors.joining("; "));
    return series.isEmpty() ? rejections : rejections + "; " + series;
  }
}
