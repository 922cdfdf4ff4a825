// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Command line of the server's JVM. */
public final class ServerJvm {

  private static final List<String> FLAGS =
      List.of(
          "-Xmx1g",
          "-XX:+UseSerialGC",
          "-XX:+UseCompactObjectHeaders",
          "-XX:+ExitOnOutOfMemoryError",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private ServerJvm() {}

  /** {@code quarkus-run.jar} below the root of an installation. */
  public static Path jar(Path home) {
    return home.resolve("deploy/server/target/quarkus-app/quarkus-run.jar");
  }

  /**
   * The command that starts the server with these system properties.
   *
   * @throws StartFailedException when it is not built
   */
  public static List<String> command(Path jar, Map<String, String> properties) {
    if (!Files.exists(jar)) {
      throw new StartFailedException("the server is not built: there is no " + jar);
    }
    List<String> command = new ArrayList<>();
    command.add(ChildJvm.home().resolve("bin/java").toString());
    command.addAll(FLAGS);
    command.addAll(moreFlags());
    new TreeMap<>(properties).forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.addAll(List.of("-jar", jar.toString()));
    return command;
  }

  /** {@code NINES_SERVER_FLAGS} comes last, so it wins over ours. */
  private static List<String> moreFlags() {
    @Nullable String more = System.getenv("NINES_SERVER_FLAGS");
    return more == null || more.isBlank() ? List.of() : List.of(more.strip().split("\\s+"));
  }
}
