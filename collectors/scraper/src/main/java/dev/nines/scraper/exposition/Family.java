// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.exposition;

import java.util.List;

/**
 * A metric family.
 *
 * @param help empty where there is none, and so {@code unit}, which is Prometheus's word
 */
public record Family(String name, FamilyType type, String help, String unit, List<Point> points) {}
