// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.panels;

import dev.nines.demo.stage.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** All dashboards, walked through once. */
public final class Gallery {

  /**
   * What was found.
   *
   * @param panels that were asked
   * @param withData those of them that showed something
   * @param lies one line for each panel, annotation or variable that does not say the truth
   */
  public record Visit(int panels, int withData, List<String> lies) {

    public Visit and(Visit other) {
      List<String> all = new ArrayList<>(lies);
      all.addAll(other.lies);
      return new Visit(panels + other.panels, withData + other.withData, all);
    }
  }

  private final Path dashboards;
  private final Path folder;

  /**
   * @param dashboards files of the dashboards and their checks
   * @param folder for the truth's own engine
   */
  public Gallery(Path dashboards, Path folder) {
    this.dashboards = dashboards;
    this.folder = folder;
  }

  /**
   * Asks every panel.
   *
   * @param platform the store, through its read-only port
   */
  public Visit visit(Store platform, Witness witness, TimeRange range) throws IOException {
    int panels = 0;
    int withData = 0;
    List<String> lies = new ArrayList<>();
    try (TruthStore truth = new TruthStore(folder)) {
      truth.fill(witness);
      for (Dashboard dashboard : Dashboard.readAll(dashboards)) {
        List<Check> checks = Check.read(dashboards, dashboard.name());
        Wall wall = new Wall(dashboard, checks, platform, truth.store(), range);
        panels += wall.panels();
        withData += wall.look();
        lies.addAll(wall.lies());
      }
    }
    return new Visit(panels, withData, lies);
  }
}
