// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTargetsTest {

  @TempDir private Path folder;
  private FileTargets targets;

  @BeforeEach
  void configure() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("scrapes.yml"),
            """
            scrape_configs:
              - job_name: a
                static_configs: [{targets: ['static:1']}]
                file_sd_configs: [{files: ['*.json', sd/one.yaml]}]
            """);
    targets = new FileTargets(ScrapeFile.require(file));
  }

  @Test
  void filesComeChangeAndGo() throws IOException {
    assertThat(addresses()).containsExactly("static:1");
    write("x.json", "[\n\t{\"targets\": [\"x:1\"], \"labels\": {\"zone\": \"\\u0061\"}}\n]");
    Files.createDirectory(folder.resolve("sd"));
    write("sd/one.yaml", "- targets: ['y:1', 'static:1']\n");
    assertThat(addresses()).containsExactlyInAnyOrder("static:1", "x:1", "y:1");
    assertThat(targets.look())
        .filteredOn(target -> target.url().getHost().equals("x"))
        .singleElement()
        .satisfies(target -> assertThat(target.labels().get("zone")).isEqualTo("a"));
    write("x.json", "[{\"targets\": [\"x:1\", \"x:22\"]}]");
    assertThat(addresses()).containsExactlyInAnyOrder("static:1", "x:1", "x:22", "y:1");
    Files.delete(folder.resolve("x.json"));
    assertThat(addresses()).containsExactlyInAnyOrder("static:1", "y:1");
    assertThat(targets.trouble()).isEmpty();
  }

  @Test
  void aFileWithAMistakeKeepsItsTargetsUntilItIsMended() throws IOException {
    write("x.json", "[{\"targets\": [\"x:1\"]}]");
    assertThat(addresses()).contains("x:1");
    write("x.json", "[{\"targets\": [\"x:1/y\"]}]");
    assertThat(addresses()).contains("x:1");
    assertThat(targets.broken()).isOne();
    assertThat(targets.trouble().orElseThrow())
        .contains("x.json:1:15 [0].targets[0]: 'x:1/y' is not host:port");
    write("x.json", "[{\"targets\": [\"xyz:1\"]}]");
    assertThat(addresses()).contains("xyz:1").doesNotContain("x:1");
    assertThat(targets.broken()).isZero();
  }

  /** A folder in its place cannot be read as a file, whoever asks; its times and size stay. */
  @Test
  void whatCouldNotBeReadIsTriedAgain() throws IOException {
    Path file = folder.resolve("x.json");
    Path elsewhere = folder.resolve("sd/x");
    Files.createDirectories(elsewhere.getParent());
    Files.createSymbolicLink(file, elsewhere);
    Files.createDirectory(elsewhere);
    assertThat(addresses()).containsExactly("static:1");
    assertThat(targets.broken()).isOne();
    Files.delete(elsewhere);
    Files.writeString(elsewhere, "[{\"targets\": [\"x:1\"]}]");
    assertThat(addresses()).contains("x:1");
    assertThat(targets.trouble()).isEmpty();
  }

  /** A loop of links is a folder that is there and cannot be listed, for the superuser, too. */
  @Test
  void aFolderThatCannotBeListedKeepsItsTargets() throws IOException {
    write("x.json", "[{\"targets\": [\"x:1\"]}]");
    Path sd = Files.createDirectory(folder.resolve("sd"));
    write("sd/one.yaml", "- targets: ['y:1']\n");
    assertThat(addresses()).contains("y:1");
    Path aside = Files.move(sd, folder.resolve("aside"));
    Files.createSymbolicLink(sd, sd);
    assertThat(addresses()).contains("x:1", "y:1");
    assertThat(targets.trouble()).get().asString().contains("cannot be");
    Files.delete(sd);
    assertThat(addresses()).as("gone for good").contains("x:1").doesNotContain("y:1");
    Files.move(aside, sd);
    assertThat(addresses()).contains("y:1");
    assertThat(targets.broken()).isZero();
  }

  @Test
  void aPathThatMakesNoUrlIsRefusedAndNotThrown() throws IOException {
    for (String path : List.of("/a[1]", "/a%zz", "/a%2")) {
      String labels = "\"labels\": {\"__metrics_path__\": \"" + path + "\"}";
      write("x.json", "[{\"targets\": [\"x:1\"], " + labels + "}]");
      assertThat(addresses()).as(path).contains("static:1");
      assertThat(targets.trouble()).get().asString().contains("must be the path of a URL");
    }
  }

  @Test
  void aPasswordIsNotRepeated() throws IOException {
    write("x.json", "[{\"targets\": [\"user:s3cret@x:1\"]}]");
    assertThat(addresses()).containsExactly("static:1");
    assertThat(targets.trouble())
        .get()
        .asString()
        .contains("a target is not host:port")
        .doesNotContain("s3cret");
  }

  private List<String> addresses() {
    return targets.look().stream().map(target -> target.url().getAuthority()).toList();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }
}
