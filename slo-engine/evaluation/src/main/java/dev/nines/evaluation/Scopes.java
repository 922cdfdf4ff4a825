// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.objectives.SloStatus;
import java.util.ArrayList;
import java.util.List;

/** Views of a line at an instant: one for each region, one for all of them. */
final class Scopes {

  private final Regions regions;

  Scopes(Regions regions) {
    this.regions = regions;
  }

  /** Its regions, and all of them. */
  List<Scope> all(Line line, Definition definition, long atMillis) {
    List<Scope> scopes = new ArrayList<>();
    line.regionNames().forEach(name -> scopes.add(of(line, name, definition, atMillis)));
    scopes.add(of(line, SloStatus.GLOBAL, definition, atMillis));
    return scopes;
  }

  /**
   * @param name of a region, or {@link SloStatus#GLOBAL}
   */
  Scope of(Line line, String name, Definition definition, long atMillis) {
    return new Scope(
        name,
        name.equals(SloStatus.GLOBAL) ? line.regions() : line.only(name),
        definition,
        atMillis,
        regions,
        line.slices().map(slices -> slices.sums(name, definition, atMillis)));
  }
}
