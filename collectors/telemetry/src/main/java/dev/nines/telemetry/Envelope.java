// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One record on {@code telemetry.in.<region>}: a batch as its client sent it, decompressed, or one
 * part of it. The Kafka key is the identity, the value is the body, the rest travels in headers.
 *
 * @param signal {@link #TRACES} or {@link #METRICS}
 * @param part number of this part, from 0
 * @param parts how many parts the batch was cut into
 * @param items spans or data points in this part
 * @param receivedAt when the collector had the whole request
 * @param collector who received it
 * @param body an OTLP {@code ExportTraceServiceRequest} or {@code ExportMetricsServiceRequest}
 */
public record Envelope(
    BatchIdentity identity,
    String tenant,
    String signal,
    int part,
    int parts,
    int items,
    Instant receivedAt,
    String collector,
    byte[] body) {

  public static final String TRACES = "traces";
  public static final String METRICS = "metrics";

  /** Header that tells an envelope ({@code batch}) from a {@link Progress} ({@code progress}). */
  public static final String KIND = "kind";

  public static final String KIND_BATCH = "batch";

  static final String ITEMS = "items";

  /** All headers but those of {@link Acceptance}. */
  public Map<String, byte[]> headers() {
    Map<String, byte[]> headers = new LinkedHashMap<>();
    headers.put(KIND, text(KIND_BATCH));
    headers.put("tenant", text(tenant));
    headers.put("signal", text(signal));
    headers.put("part", text(part + "/" + parts));
    headers.put(ITEMS, text(Integer.toString(items)));
    headers.put("receivedAt", text(Long.toString(receivedAt.toEpochMilli())));
    headers.put("collector", text(collector));
    return headers;
  }

  /**
   * Reads what {@link #headers} wrote.
   *
   * @throws IllegalArgumentException when a header is missing or malformed: a broken invariant
   */
  public static Envelope read(byte[] key, Function<String, byte @Nullable []> header, byte[] body) {
    String[] part = required(header, "part").split("/", 2);
    return new Envelope(
        BatchIdentity.of(key),
        required(header, "tenant"),
        Signal.of(required(header, "signal")).word(),
        Integer.parseInt(part[0]),
        Integer.parseInt(part[1]),
        Integer.parseInt(required(header, ITEMS)),
        Instant.ofEpochMilli(Long.parseLong(required(header, "receivedAt"))),
        required(header, "collector"),
        body);
  }

  static String required(Function<String, byte @Nullable []> header, String name) {
    byte[] value = header.apply(name);
    if (value == null) {
      throw new IllegalArgumentException("record without header " + name);
    }
    return new String(value, UTF_8);
  }

  static byte[] text(String value) {
    return value.getBytes(UTF_8);
  }
}
