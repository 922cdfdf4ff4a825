// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper;

import dev.nines.scraper.definition.Job;
import dev.nines.scraper.definition.ScrapeFile;
import dev.nines.scraper.definition.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Jobs from YAML, as users have them. */
public final class TestJobs {

  private TestJobs() {}

  /** The target 127.0.0.1:9100 of job "test". */
  public static Target target(String labels, String... fields) {
    return job("{targets: ['127.0.0.1:9100'], %s}".formatted(labels), fields).targets().getFirst();
  }

  /**
   * @param group of {@code static_configs}
   * @param fields each {@code name: value}
   */
  public static Job job(String group, String... fields) {
    StringBuilder yaml = new StringBuilder("scrape_configs:\n- job_name: test\n");
    for (String field : fields) {
      yaml.append("  ").append(field).append('\n');
    }
    yaml.append("  static_configs: [").append(group).append("]\n");
    return jobs(yaml.toString()).getFirst();
  }

  public static List<Job> jobs(String yaml) {
    try {
      Path file = Files.createTempFile("scrapes", ".yml");
      Files.writeString(file, yaml);
      try {
        return ScrapeFile.require(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
