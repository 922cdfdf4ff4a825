// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import java.util.List;

/**
 * What files hold.
 *
 * @param slos only the valid ones; meant for use when {@link #valid}
 * @param violations all of all files, in the order of files and lines
 * @param warnings dialects that lenient reading took, each with what it was read as
 * @param notes what is valid but not used, or used with a warning
 */
public record Parsed(
    List<SloDefinition> slos,
    List<Violation> violations,
    List<Violation> warnings,
    List<Violation> notes) {

  public boolean valid() {
    return violations.isEmpty();
  }
}
