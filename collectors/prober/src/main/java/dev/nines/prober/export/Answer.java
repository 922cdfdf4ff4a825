// SPDX-License-Identifier: Apache-2.0
package dev.nines.prober.export;

import java.time.Duration;
import java.util.Optional;

/** What became of one attempt, by the rules of OTLP/HTTP. */
sealed interface Answer {

  default String word() {
    return switch (this) {
      case Acknowledged _ -> "acknowledged";
      case Refused _ -> "refused";
      case Later _ -> "later";
    };
  }

  /**
   * @param rejected spans that the collector did not take and never will
   */
  record Acknowledged(long rejected) implements Answer {}

  /** The same bytes would be refused again. */
  record Refused(String why) implements Answer {}

  /**
   * To be sent again.
   *
   * @param unknown the collector may have it
   * @param after what the collector asks to wait
   */
  record Later(String why, boolean unknown, Optional<Duration> after) implements Answer {}
}
