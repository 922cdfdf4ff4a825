// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How to start one child.
 *
 * @param name short name for logs and messages, such as {@code kafka}
 * @param command program and arguments
 * @param environment variables beside those inherited
 * @param log file that gets standard output and error of the child
 * @param readyLine the child serves once one line of its output contains this text; empty: at once
 * @param startTimeout from the start to that line
 * @param stopTimeout from the end of standard input to SIGKILL
 */
public record Launch(
    String name,
    List<String> command,
    Map<String, String> environment,
    Path log,
    String readyLine,
    Duration startTimeout,
    Duration stopTimeout) {

  /** What a child's main prints when it serves. */
  public static final String READY = "READY";

  public Launch {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }
}
