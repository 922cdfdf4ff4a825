// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.nines.telemetry.MalformedOtlp;
import dev.nines.telemetry.Signal;
import java.io.IOException;

/**
 * OTLP/JSON into OTLP's protobuf form, by the rules of the protocol: ids are hex, enums numbers,
 * keys lowerCamelCase, 64-bit integers numbers or texts; what is unknown is passed over.
 */
final class OtlpJson {

  /** Three levels of JSON for one nested value, of which the walker allows 100. */
  private static final int MAX_NESTING = 400;

  private final int maxBytes;
  private final JsonFactory factory;

  /**
   * @param maxBytes largest protobuf form
   */
  OtlpJson(int maxBytes) {
    this.maxBytes = maxBytes;
    factory =
        JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES) // clients choose them
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_NESTING)
                    .maxStringLength(maxBytes)
                    .build())
            .build();
  }

  /**
   * The body in protobuf form, under the reservation of the JSON, which covers both while the batch
   * is stored.
   */
  Received translate(Signal signal, Received.Whole json) {
    try (JsonParser parser = factory.createParser(json.body())) {
      Room room = new Room(json.body().length, json.reservation());
      byte[] body = new JsonTranslation(parser, maxBytes, room).request(root(signal));
      room.settle(body.length);
      return new Received.Whole(body, json.reservation());
    } catch (JsonProcessingException e) {
      return broken(rule(e) + JsonTranslation.at(e.getLocation()));
    } catch (MalformedOtlp e) {
      return broken(String.valueOf(e.getMessage()));
    } catch (Room.None e) {
      return new Received.Broken(e.answer().fault(), e.answer().message());
    } catch (IOException e) {
      throw new IllegalStateException("reading bytes from memory failed", e);
    }
  }

  /** The parser's own words name its classes, and parts of the body. */
  private static String rule(JsonProcessingException e) {
    return switch (e) {
      case JsonEOFException end -> "the body ends within a value";
      case StreamConstraintsException limit ->
          "a text or a number is too long, or values nest too deeply";
      default -> "it is no JSON";
    };
  }

  private static String root(Signal signal) {
    return switch (signal) {
      case TRACES -> "ExportTraceServiceRequest";
      case METRICS -> "ExportMetricsServiceRequest";
      case LOGS -> "ExportLogsServiceRequest";
    };
  }

  private static Received broken(String message) {
    return new Received.Broken(Fault.MALFORMED, "not OTLP/JSON: " + message);
  }
}
