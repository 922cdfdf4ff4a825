// SPDX-License-Identifier: Apache-2.0
package dev.nines.prober.check;

/** How a run ended. */
public sealed interface Verdict {

  /** As the probe asks. */
  record Passed() implements Verdict {}

  /**
   * @param message for people, of bounded length
   */
  record Failed(Reason reason, String message) implements Verdict {

    private static final int MESSAGE_MAX = 300;

    public Failed {
      message = message.length() <= MESSAGE_MAX ? message : message.substring(0, MESSAGE_MAX);
    }
  }
}
