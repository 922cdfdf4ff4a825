// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** The first administrator's token: 256 random bits in a file that only its owner reads. */
public final class AdminToken {

  private static final int RANDOM_BYTES = 32;

  private AdminToken() {}

  /** The token file of a data folder; made on the first call. */
  public static Path file(Path data) {
    return file(data, "admin.token");
  }

  /** As {@link #file(Path)}, of tenant {@code nines}, whose traces are those of the platform. */
  static Path ofNines(Path data) {
    return file(data, "nines.token");
  }

  private static Path file(Path data, String name) {
    Path file = data.resolve(name);
    if (Files.exists(file)) {
      return file;
    }
    byte[] random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    String token = "nines_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    try {
      Files.createDirectories(data);
      writeForOwner(file, token + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  public static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Mode 600 from the first byte on; readers see the old content or the new, never a part. */
  static void writeForOwner(Path file, String content) throws IOException {
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Path half = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(half);
    Files.createFile(half, ownerOnly);
    Files.writeString(half, content);
    Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
