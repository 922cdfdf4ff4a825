// SPDX-License-Identifier: Apache-2.0
package dev.nines.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.server.role.CollectorPart;
import dev.nines.server.role.ScraperPart;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mistake in what is to be scraped ends no collector. */
class ScraperPartTest {

  private static final int CONVERTER_PRIORITY = 200;

  @TempDir private Path folder;

  @Test
  void aMistakeIsSaidByHealthAndEndsNothing() throws IOException {
    Path file = Files.writeString(folder.resolve("scrapes.yml"), "rule_files: []\n");
    checkNote(
        Map.of("nines.scrape-configs", file.toString(), "nines.collectors", "eu:4317:4318"),
        "scrapes nothing: nines.scrape-configs:\n" + file + ":1:1 scrape_configs: is required\n");
    checkNote(
        Map.of("nines.scrape-configs", file.toString()),
        "scrapes nothing: nines.scrape-configs: there is no collector");
  }

  private static void checkNote(Map<String, String> settings, String start) {
    NinesConfig config = config(settings);
    InstantSource clock = InstantSource.system();
    // It is not asked for its door, and so needs nothing.
    CollectorPart collector = new CollectorPart(config, null, null, null, clock, null, null);
    ScraperPart part = new ScraperPart(config, collector, new Registries(), clock);
    part.start();
    assertThat(part.check()).isEmpty();
    assertThat(part.note().orElse("")).startsWith(start);
    part.close();
  }

  private static NinesConfig config(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("nines.roles", "collector");
    all.put("nines.data", "data");
    all.put("nines.kafka.bootstrap-servers", "127.0.0.1:9");
    return new SmallRyeConfigBuilder()
        .withMapping(NinesConfig.class)
        .withDefaultValues(all)
        .withConverter(Duration.class, CONVERTER_PRIORITY, new DurationConverter())
        .build()
        .getConfigMapping(NinesConfig.class);
  }
}
