// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sloth;

import dev.nines.objectives.AttributeMatcher;
import java.util.List;

/**
 * Selects series of one metric.
 *
 * @param labels by their names in Prometheus
 */
record Selector(String metric, List<AttributeMatcher> labels) {}
