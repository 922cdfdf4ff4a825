// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.objectives.Budgeting.Sliced;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Definitions of lines, which come before, with or after their counts. A line learns how it spends
 * its budget from the first that it sees; that never changes.
 */
final class InForce {

  private final Objectives objectives;
  private final Regions regions;
  private final Cells cells;
  private final KeyValueStore<Bytes, byte[]> slices;

  InForce(
      Objectives objectives, Regions regions, Cells cells, KeyValueStore<Bytes, byte[]> slices) {
    this.objectives = objectives;
    this.regions = regions;
    this.cells = cells;
    this.slices = slices;
  }

  /** Empty when there is none yet, or the line is no longer that of its SLO. */
  Optional<Definition> at(Line line, long atMillis) {
    Optional<Definition> definition =
        objectives
            .inForce(line.slo(), atMillis)
            .filter(found -> found.slo().line() == line.number());
    definition.ifPresent(found -> know(line, found));
    return definition.map(found -> found.since(line.pastFromMillis()));
  }

  Optional<Definition> last(Line line) {
    return objectives
        .last(line.slo(), line.number())
        .map(found -> found.since(line.pastFromMillis()));
  }

  /** A line whose definition came after its counts. */
  void meet(Line line) {
    if (line.asks(objectives.version())) {
      last(line).ifPresent(found -> know(line, found));
    }
  }

  /** Also of a definition that came with counts. */
  void know(Line line, Definition definition) {
    line.known(definition);
    if (line.slices().isEmpty() && definition.slo().budgeting() instanceof Sliced sliced) {
      line.slices(new LineSlices(line, definition, sliced, regions, cells, slices));
    }
  }
}
