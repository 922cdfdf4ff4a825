// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * A W3C trace state with OpenTelemetry's member {@code ot}, of which {@code th} says how a span was
 * sampled and {@code rv} how its trace is. What is malformed of the two counts as absent. Source:
 * OpenTelemetry, "TraceState: Probability Sampling".
 */
public final class OtelTraceState {

  private static final int MEMBERS_MAX = 32;
  private static final int RANDOM_BYTES = 7;
  private static final String MEMBER = "ot=";
  private static final Pattern THRESHOLD = Pattern.compile("th:([0-9a-f]{1,14})");
  private static final Pattern RANDOMNESS = Pattern.compile("rv:([0-9a-f]{14})");

  private final List<String> members = new ArrayList<>();
  private final List<String> fields = new ArrayList<>();
  private Optional<Threshold> threshold = Optional.empty();
  private OptionalLong randomness = OptionalLong.empty();

  private OtelTraceState() {}

  /** Never fails: what is no trace state says nothing. */
  public static OtelTraceState parse(String text) {
    OtelTraceState state = new OtelTraceState();
    for (String member : text.split(",")) {
      String stripped = member.strip();
      if (stripped.startsWith(MEMBER)) {
        state.readFields(stripped.substring(MEMBER.length()));
      } else if (!stripped.isEmpty()) {
        state.members.add(stripped);
      }
    }
    return state;
  }

  private void readFields(String value) {
    for (String field : value.split(";")) {
      var found = THRESHOLD.matcher(field);
      if (found.matches()) {
        threshold = Optional.of(Threshold.parse(found.group(1)));
      } else if (!field.isEmpty() && !field.startsWith("th:")) {
        readRandomness(field);
        fields.add(field);
      }
    }
  }

  private void readRandomness(String field) {
    var found = RANDOMNESS.matcher(field);
    if (found.matches()) {
      randomness = OptionalLong.of(Long.parseLong(found.group(1), 16));
    }
  }

  /**
   * How the span was sampled before it came to us; nothing where its trace would not have been kept
   * by what it says.
   */
  public Threshold threshold(Slice traceId) {
    return threshold.filter(told -> told.keeps(randomness(traceId))).orElse(Threshold.NONE);
  }

  /** Of the trace, 56 bits: what the state says, else the last ones of its id. */
  public long randomness(Slice traceId) {
    if (randomness.isPresent()) {
      return randomness.getAsLong();
    }
    long bits = 0;
    int end = traceId.offset() + traceId.length();
    for (int i = Math.max(traceId.offset(), end - RANDOM_BYTES); i < end; i++) {
      bits = (bits << Byte.SIZE) | (traceId.array()[i] & 0xff);
    }
    return bits;
  }

  /** The text with another threshold: what is changed stands first. */
  public String with(Threshold changed) {
    List<String> ot = new ArrayList<>();
    ot.add("th:" + changed.hex());
    ot.addAll(fields);
    List<String> all = new ArrayList<>();
    all.add(MEMBER + String.join(";", ot));
    all.addAll(members.subList(0, Math.min(members.size(), MEMBERS_MAX - 1)));
    return String.join(",", all);
  }
}
