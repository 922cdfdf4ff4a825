// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.definition;

import dev.nines.scraper.exposition.Labels;
import java.util.List;

/**
 * @param targets each {@code host:port}
 * @param labels of all of them
 */
public record TargetGroup(List<String> targets, Labels labels) {}
