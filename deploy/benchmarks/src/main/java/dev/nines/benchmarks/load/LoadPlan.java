// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks.load;

import java.util.List;
import java.util.Locale;

/**
 * One run of the load.
 *
 * @param port OTLP gRPC on 127.0.0.1
 * @param pid whose CPU is read
 * @param spansPerSecond offered, whatever the other side does
 * @param leadSeconds sent before the measured time
 * @param seconds the measured time
 */
public record LoadPlan(
    int port, long pid, Encoding encoding, int spansPerSecond, int leadSeconds, int seconds) {

  /** For {@link #parse}. */
  public List<String> arguments() {
    return List.of(
        Integer.toString(port),
        Long.toString(pid),
        encoding.word(),
        Integer.toString(spansPerSecond),
        Integer.toString(leadSeconds),
        Integer.toString(seconds));
  }

  static LoadPlan parse(String[] words) {
    return new LoadPlan(
        Integer.parseInt(words[0]),
        Long.parseLong(words[1]),
        Encoding.valueOf(words[2].toUpperCase(Locale.ROOT)),
        Integer.parseInt(words[3]),
        Integer.parseInt(words[4]),
        Integer.parseInt(words[5]));
  }
}
