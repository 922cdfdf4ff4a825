// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.objectives.Budgeting.Sliced;
import dev.nines.objectives.CounterIndicator;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Definitions of lines, which come before, with or after their counts. A line learns how it spends
 * its budget, and a composite of which lines it is, from the first that it sees; that never
 * changes.
 */
final class InForce {

  private final Objectives objectives;
  private final Lines lines;
  private final Regions regions;
  private final KeyValueStore<Bytes, byte[]> slices;

  InForce(
      Objectives objectives, Lines lines, Regions regions, KeyValueStore<Bytes, byte[]> slices) {
    this.objectives = objectives;
    this.lines = lines;
    this.regions = regions;
    this.slices = slices;
  }

  /** Empty when there is none yet, or the line is no longer that of its SLO. */
  Optional<Definition> at(Line line, long atMillis) {
    Optional<Definition> definition =
        objectives
            .inForce(line.slo(), atMillis)
            .filter(found -> found.slo().line() == line.number());
    definition.ifPresent(found -> know(line, found));
    return definition.map(found -> measured(line, found));
  }

  /** The composite whose component a line's SLO is, and with which it is judged. */
  Optional<Line> whole(Line line, long atMillis) {
    return line.component()
        ? objectives.inForce(line.slo().whole(), atMillis).map(this::whole)
        : Optional.empty();
  }

  Optional<Definition> last(Line line) {
    Optional<Definition> last = objectives.last(line.slo(), line.number());
    last.ifPresent(found -> know(line, found));
    return last.map(found -> measured(line, found));
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
    if (line.parts().isEmpty() && !definition.parts().isEmpty()) {
      line.parts(
          definition.parts().stream().map(this::line).toList(),
          definition.parts().stream()
              .anyMatch(part -> part.slo().indicator() instanceof CounterIndicator));
    }
    if (line.slices().isEmpty() && definition.slo().budgeting() instanceof Sliced sliced) {
      line.slices(new LineSlices(line, definition, sliced, regions, slices));
    }
  }

  private Line whole(Definition composite) {
    Line line = line(composite);
    know(line, composite);
    return line;
  }

  private Line line(Definition definition) {
    return lines.of(definition.slo().id(), definition.slo().line());
  }

  private static Definition measured(Line line, Definition found) {
    return found.parts().isEmpty()
        ? found.since(line.pastFromMillis())
        : found.composedOf(
            found.parts().stream()
                .map(part -> part.since(line.part(part.slo().id()).pastFromMillis()))
                .toList());
  }
}
