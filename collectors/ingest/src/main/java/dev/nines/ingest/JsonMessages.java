// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;

/** Bodies of answers to JSON requests: {@link Messages} in protobuf's JSON form. */
final class JsonMessages {

  private static final JsonFactory JSON = new JsonFactory();

  private JsonMessages() {}

  /** An export response; partialSuccess is unset on full success. 64-bit integers are texts. */
  static byte[] response(Answer.Stored stored) {
    return write(
        json -> {
          if (stored.rejectedItems() > 0) {
            json.writeObjectFieldStart("partialSuccess");
            json.writeStringField(rejected(stored), Integer.toString(stored.rejectedItems()));
            json.writeStringField("errorMessage", stored.message());
            json.writeEndObject();
          }
        });
  }

  /** A {@code google.rpc.Status}, with RetryInfo where a retry can help, else with BadRequest. */
  static byte[] status(Answer.Refused refused, Duration retryAfter) {
    return write(
        json -> {
          json.writeNumberField("code", refused.fault().grpcCode());
          json.writeStringField("message", refused.message());
          if (refused.fault().retryable()) {
            detail(
                json,
                Messages.RETRY_INFO,
                fields -> fields.writeStringField("retryDelay", seconds(retryAfter)));
          } else if (refused.fault() == Fault.MALFORMED) {
            detail(json, Messages.BAD_REQUEST, fields -> violation(fields, refused.message()));
          }
        });
  }

  private static void detail(JsonGenerator json, String type, Content content) throws IOException {
    json.writeArrayFieldStart("details");
    json.writeStartObject();
    json.writeStringField("@type", type);
    content.write(json);
    json.writeEndObject();
    json.writeEndArray();
  }

  private static void violation(JsonGenerator json, String description) throws IOException {
    json.writeArrayFieldStart("fieldViolations");
    json.writeStartObject();
    json.writeStringField("description", description);
    json.writeEndObject();
    json.writeEndArray();
  }

  private static String rejected(Answer.Stored stored) {
    return switch (stored.signal()) {
      case TRACES -> "rejectedSpans";
      case METRICS -> "rejectedDataPoints";
      case LOGS -> "rejectedLogRecords";
    };
  }

  private static String seconds(Duration duration) {
    return BigDecimal.valueOf(duration.toNanos(), 9).stripTrailingZeros().toPlainString() + "s";
  }

  private interface Content {
    void write(JsonGenerator json) throws IOException;
  }

  private static byte[] write(Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      content.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
