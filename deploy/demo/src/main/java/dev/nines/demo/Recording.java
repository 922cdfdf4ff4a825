// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.nines.demo.points.MetricTruth;
import dev.nines.demo.points.PointLog;
import dev.nines.demo.stage.Installation;
import dev.nines.demo.truth.ObjectiveFiles;
import dev.nines.demo.truth.ShopLog;
import dev.nines.demo.truth.Truth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** The day as a history for {@code slo backtest}, labelled by the shop's script. */
final class Recording {

  private final Theatre theatre;
  private final Installation nines;

  Recording(Theatre theatre, Installation nines) {
    this.theatre = theatre;
    this.nines = nines;
  }

  /**
   * @param shop folder of the shop's log
   * @return the last line that the command said
   * @throws IOException when there is no file
   */
  String write(Path shop, ShopLog log, PointLog points, Path file) throws IOException {
    Labels labels =
        new Labels(
            new Truth(log, Set.of(), nines.objectives()),
            new MetricTruth(
                points,
                Set.of(),
                ObjectiveFiles.readMetrics(nines.metricObjectives()),
                theatre.effectiveFrom()));
    Path lines = theatre.folder().resolve("labels.jsonl");
    Files.write(
        lines, labels.lines(new JsonMapper().readTree(shop.resolve("script.json").toFile())));
    String said =
        nines
            .run(
                theatre.folder().resolve("record.log"),
                "slo",
                "record",
                file.toAbsolutePath().toString(),
                "--labels",
                lines.toString(),
                "--kafka",
                theatre.platform().kafka())
            .lines()
            .reduce("", (before, line) -> line);
    if (!Files.exists(file)) {
      throw new IOException("the day was not recorded: " + said);
    }
    return said;
  }
}
