// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.capacity;

import dev.nines.objectives.openslo.Violation;
import java.util.List;
import java.util.Optional;

/**
 * What a capacity model's text holds.
 *
 * @param model there exactly when nothing is wrong
 * @param violations in the order of lines
 */
public record ParsedCapacityModel(Optional<CapacityModel> model, List<Violation> violations) {}
