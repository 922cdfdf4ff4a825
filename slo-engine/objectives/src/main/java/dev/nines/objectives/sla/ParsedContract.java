// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sla;

import dev.nines.objectives.openslo.Violation;
import java.util.List;
import java.util.Optional;

/**
 * What a contract's text holds.
 *
 * @param contract there exactly when nothing is wrong
 * @param violations in the order of lines
 */
public record ParsedContract(Optional<Contract> contract, List<Violation> violations) {}
