// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * "Everything that I received before {@code sentAt} is on Kafka": written once a second by each
 * collector to every partition of its region's topic, with an empty value.
 *
 * @param epoch start time of the collector's process in milliseconds; a later one replaces it
 * @param sentAt the earlier of now and the receive time of the oldest request not yet acknowledged
 * @param goodbye the collector leaves on purpose
 */
public record Progress(String collector, long epoch, Instant sentAt, boolean goodbye) {

  public static final String KIND_PROGRESS = "progress";

  public Map<String, byte[]> headers() {
    Map<String, byte[]> headers = new LinkedHashMap<>();
    headers.put(Envelope.KIND, Envelope.text(KIND_PROGRESS));
    headers.put("collector", Envelope.text(collector));
    headers.put("epoch", Envelope.text(Long.toString(epoch)));
    headers.put("sentAt", Envelope.text(Long.toString(sentAt.toEpochMilli())));
    headers.put("goodbye", Envelope.text(Boolean.toString(goodbye)));
    return headers;
  }

  public static boolean isProgress(Function<String, byte @Nullable []> header) {
    return Envelope.required(header, Envelope.KIND).equals(KIND_PROGRESS);
  }

  public static Progress read(Function<String, byte @Nullable []> header) {
    return new Progress(
        Envelope.required(header, "collector"),
        Long.parseLong(Envelope.required(header, "epoch")),
        Instant.ofEpochMilli(Long.parseLong(Envelope.required(header, "sentAt"))),
        Boolean.parseBoolean(Envelope.required(header, "goodbye")));
  }
}
