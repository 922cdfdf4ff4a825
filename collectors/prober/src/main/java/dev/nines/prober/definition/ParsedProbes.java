// SPDX-License-Identifier: Apache-2.0
package dev.nines.prober.definition;

import dev.nines.objectives.openslo.Violation;
import java.util.List;

/**
 * What files hold.
 *
 * @param probes only the valid ones; meant for use when {@link #valid}
 * @param violations all of all files, in the order of files and lines
 */
public record ParsedProbes(List<Probe> probes, List<Violation> violations) {

  public boolean valid() {
    return violations.isEmpty();
  }
}
