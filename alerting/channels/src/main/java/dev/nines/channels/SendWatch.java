// SPDX-License-Identifier: Apache-2.0
package dev.nines.channels;

import java.util.function.Supplier;

/** Port: sees each attempt to reach somebody. */
@FunctionalInterface
public interface SendWatch {

  /** Sees nothing. */
  SendWatch NONE = (provider, attempt) -> attempt.get();

  /**
   * Makes the attempt and gives back how it ended; it must not keep it from being made.
   *
   * @param provider the kind of provider, a bounded word
   */
  SendResult watch(String provider, Supplier<SendResult> attempt);
}
