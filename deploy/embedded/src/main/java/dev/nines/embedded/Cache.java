// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The folder for what is fetched or unpacked once per machine. */
public final class Cache {

  private Cache() {}

  /** {@code $NINES_CACHE}, or {@code ~/.cache/nines}. */
  public static Path folder() {
    @Nullable String given = System.getenv("NINES_CACHE");
    return given == null || given.isEmpty()
        ? Path.of(System.getProperty("user.home"), ".cache", "nines")
        : Path.of(given).toAbsolutePath();
  }
}
