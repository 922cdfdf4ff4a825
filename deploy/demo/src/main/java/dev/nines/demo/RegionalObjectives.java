// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** An objective for the checkout of each region: each region that fails owes a page of its own. */
final class RegionalObjectives {

  private RegionalObjectives() {}

  /** Name of the objective of a region. */
  static String of(String region) {
    return "checkout-" + region;
  }

  /**
   * Writes them into a folder, beside what another one has.
   *
   * @return the folder
   */
  static Path beside(Path others, Path folder, List<String> regions) throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> files = Files.list(others)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    for (String region : regions) {
      Files.writeString(folder.resolve(of(region) + ".yaml"), yaml(region));
    }
    return folder;
  }

  private static String yaml(String region) {
    return """
    apiVersion: openslo/v1
    kind: SLO
    metadata:
      name: %s
      annotations:
        nines.dev/burn: 'long=2m short=20s factor=10 severity=page'
    spec:
      service: checkout
      indicator:
        metadata:
          name: %s-failures
        spec:
          ratioMetric:
            counter: true
            total:
              metricSource:
                type: nines/spans
                spec:
                  service: checkout
                  kind: server
                  attributes:
                    cloud.region: %s
            bad:
              metricSource:
                type: nines/spans
                spec:
                  bad: 'status = error'
      timeWindow:
        - duration: 1h
          isRolling: true
      budgetingMethod: Occurrences
      objectives:
        - target: 0.9999
    """
        .formatted(of(region), of(region), region);
  }
}
