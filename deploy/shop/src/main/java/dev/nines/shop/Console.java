// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nines.shop.delivery.JsonLines;
import dev.nines.shop.traffic.Fault;
import java.util.List;

/** What the shop says on its standard output, a JSON object a line; {@code type} comes first. */
final class Console {

  private final JsonLines out;

  Console(JsonLines out) {
    this.out = out;
  }

  /**
   * The first line.
   *
   * @param begin the first instant of the run, RFC 3339
   */
  record Started(String type, String begin, long seed, long durationSeconds) {

    Started(String begin, long seed, long durationSeconds) {
      this("started", begin, seed, durationSeconds);
    }
  }

  /**
   * Once a second. Numbers are spans unless they say otherwise.
   *
   * @param phase traffic, or flush once the last request was made
   * @param faults those of this instant
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Progress(
      String type,
      String phase,
      double elapsedSeconds,
      long requests,
      long sent,
      long acknowledged,
      long unknown,
      long inFlight,
      long queued,
      long dropped,
      long resentBatches,
      List<Branch.Report> regions,
      List<Fault> faults) {}

  void say(Object line) {
    out.write(line);
    out.flush();
  }
}
