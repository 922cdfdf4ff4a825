// SPDX-License-Identifier: Apache-2.0
package dev.nines.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The root of the installation: {@code NINES_HOME}, which the launcher sets. */
final class Home {

  private Home() {}

  static Path folder() {
    @Nullable String home = System.getenv("NINES_HOME");
    return Path.of(home == null ? "" : home).toAbsolutePath();
  }
}
