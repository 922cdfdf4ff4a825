// SPDX-License-Identifier: Apache-2.0
package dev.nines.server;

import dev.nines.transport.Check;
import java.util.Optional;

/** Reads the health values of the stages. */
public final class Checks {

  private Checks() {}

  /** Empty when it runs. */
  public static Optional<String> complaint(Check check) {
    return switch (check) {
      case Check.Running running -> Optional.empty();
      case Check.Starting starting -> Optional.of("starting: " + starting.what());
      case Check.Failed failed -> Optional.of("failed: " + failed.reason());
      case Check.Closed closed -> Optional.of("closed");
    };
  }

  /** Empty unless the check throws, as those of parts without states of their own do. */
  public static Optional<String> unlessFailed(Runnable check) {
    try {
      check.run();
      return Optional.empty();
    } catch (IllegalStateException e) {
      return Optional.of("failed: " + e.getMessage());
    }
  }
}
