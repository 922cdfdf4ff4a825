// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.postgres;

import dev.nines.embedded.StartFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * PostgreSQL refuses to run as root. In a new user namespace without a mapping, root's processes
 * see themselves as nobody, while files stay root's.
 */
final class OrdinaryUser {

  private static final List<String> NAMESPACE = List.of("unshare", "-U");

  private OrdinaryUser() {}

  /** What to put before a PostgreSQL command that works on this folder. */
  static List<String> prefix(Path data) {
    if (!isRoot()) {
      return List.of();
    }
    if (succeeds("unshare", "-U", "true")) {
      return NAMESPACE;
    }
    String parent = data.resolveSibling(".").normalize().toString();
    String initdb = PostgresBinaries.program("initdb");
    for (String user : List.of("postgres", "nobody")) {
      List<String> as = List.of("setpriv", "--reuid", user, "--regid", gid(user), "--clear-groups");
      if (succeeds("id", user) && succeeds(as, "test", "-x", parent, "-a", "-x", initdb)) {
        chown(user, data);
        return as;
      }
    }
    throw new StartFailedException(
        """
        PostgreSQL refuses to run as root, and this system forbids both ways around it \
        (user namespaces, or a change to user 'postgres' or 'nobody' who can enter %s and run %s).
        Start Nines as an ordinary user, or give --postgres URL."""
            .formatted(parent, initdb));
  }

  private static boolean isRoot() {
    try {
      return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String gid(String user) {
    return Commands.output(List.of("id", "-g", user)).strip();
  }

  private static void chown(String user, Path data) {
    Commands.run("chown", List.of("chown", "-R", user, data.toString()));
  }

  private static boolean succeeds(List<String> prefix, String... command) {
    return Commands.exitCode(Commands.join(prefix, List.of(command))) == 0;
  }

  private static boolean succeeds(String... command) {
    return Commands.exitCode(List.of(command)) == 0;
  }
}
