// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nines.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * The shell script at the root, on a copy whose stamp says that all is built, so that nothing is
 * built here.
 */
class LauncherTest {

  private static final Path ROOT = Path.of(System.getProperty("nines.root"));

  @TempDir Path home;

  @BeforeEach
  void copy() throws IOException {
    assumeTrue(
        Files.exists(ROOT.resolve("deploy/cli/target/cli-0.1.0.jar"))
            && Files.isDirectory(ROOT.resolve("deploy/cli/target/lib")),
        "the command line is not packaged: run the package phase first");
    Files.copy(ROOT.resolve("nines"), home.resolve("nines"));
    link("deploy/cli/target");
    link("deploy/server/target");
    Files.createDirectories(home.resolve("target"));
    Files.writeString(home.resolve("target/nines.stamp"), "");
  }

  @Test
  void helpListsTheCommands() throws Exception {
    CommandLineRun run = launch(Map.of(), "help");
    assertThat(run.exitCode()).as(run.printed()).isZero();
    assertThat(run.printed()).contains(new CommandLine(Main.class).getSubcommands().keySet());
  }

  @Test
  void aSourceNewerThanTheStampIsBuiltFirst() throws Exception {
    Path source = Files.createDirectories(home.resolve("m/src/main")).resolve("New.java");
    Files.writeString(source, "");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plus(Duration.ofMinutes(1))));
    Path tools = Files.createDirectories(home.resolve("tools"));
    Files.writeString(tools.resolve("mvn"), "#!/bin/sh\necho \"mvn $*\"\nexit 1\n");
    Files.setPosixFilePermissions(
        tools.resolve("mvn"), PosixFilePermissions.fromString("rwx------"));
    CommandLineRun run = launch(Map.of("PATH", tools + ":" + System.getenv("PATH")), "help");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.printed()).contains("mvn --batch-mode", "nines: the build failed");
  }

  private CommandLineRun launch(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    Map<String, String> all = new java.util.HashMap<>(environment);
    all.put("JAVA_HOME", System.getProperty("java.home"));
    all.put("NINES_CHDB_LIBRARY", "/dev/null"); // Present, and not needed here.
    List<String> command = new java.util.ArrayList<>(List.of(home.resolve("nines").toString()));
    command.addAll(List.of(arguments));
    return CommandLineRun.of(command, all);
  }

  private void link(String folder) throws IOException {
    Files.createDirectories(home.resolve(folder).getParent());
    Files.createSymbolicLink(home.resolve(folder), ROOT.resolve(folder));
  }
}
