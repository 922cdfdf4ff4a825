// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.nines.shop.traffic.Fault;
import dev.nines.shop.traffic.FaultScript;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code script.json}: what will go wrong. In a plan, and until the run begins, there are no
 * instants.
 *
 * @param begin the first instant of the run, RFC 3339
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ScriptFile(
    long seed,
    String script,
    long durationSeconds,
    long spans,
    @Nullable String begin,
    @Nullable String end,
    List<Line> faults) {

  /**
   * A fault with its instants.
   *
   * @param start RFC 3339, as {@code end}
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Line(@JsonUnwrapped Fault fault, @Nullable String start, @Nullable String end) {}

  static void write(Arguments arguments, FaultScript script, @Nullable Instant begin)
      throws IOException {
    ScriptFile file =
        new ScriptFile(
            arguments.seed(),
            arguments.script().id(),
            arguments.duration().toSeconds(),
            arguments.spans(),
            begin == null ? null : begin.toString(),
            begin == null ? null : begin.plus(arguments.duration()).toString(),
            script.faults().stream().map(fault -> line(fault, begin)).toList());
    Files.write(arguments.log().resolve("script.json"), json().writeValueAsBytes(file));
  }

  private static Line line(Fault fault, @Nullable Instant begin) {
    return begin == null
        ? new Line(fault, null, null)
        : new Line(
            fault,
            begin.plusMillis(fault.startMillis()).toString(),
            begin.plusMillis(fault.endMillis()).toString());
  }

  private static JsonMapper json() {
    return JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  }
}
