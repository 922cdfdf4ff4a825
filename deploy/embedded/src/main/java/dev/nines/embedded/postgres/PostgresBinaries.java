// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.postgres;

import dev.nines.embedded.Cache;
import dev.nines.embedded.StartFailedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked from the class path into the cache once per machine. */
public final class PostgresBinaries {

  private static final String ARCHIVE = "postgres-linux-x86_64.txz";
  private static final String FOLDER = "postgres-18.6.0";

  private PostgresBinaries() {}

  /** Path of {@code postgres} or {@code initdb}. */
  static String program(String name) {
    return unpacked().resolve("bin").resolve(name).toString();
  }

  /** Folder with {@code bin/postgres} and {@code bin/initdb}. */
  public static Path unpacked() {
    Path home = Cache.folder().resolve(FOLDER);
    if (Files.exists(home)) {
      return home;
    }
    try {
      Files.createDirectories(home.getParent());
      Path lock = home.resolveSibling(FOLDER + ".lock");
      try (FileChannel channel =
          FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        channel.lock();
        if (!Files.exists(home)) {
          unpack(home);
        }
      }
      return home;
    } catch (IOException e) {
      throw new UncheckedIOException("can't unpack PostgreSQL into " + home, e);
    }
  }

  /** The rename is the last step, so a folder of that name is complete. */
  private static void unpack(Path home) throws IOException {
    Path half = Files.createTempDirectory(home.getParent(), FOLDER + "-");
    try (InputStream archive = PostgresBinaries.class.getResourceAsStream("/" + ARCHIVE)) {
      if (archive == null) {
        throw new StartFailedException(
            "no PostgreSQL programs for this machine: Linux on x86-64 only; give --postgres URL");
      }
      TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(archive));
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        place(entry, tar, half);
      }
    }
    Files.setPosixFilePermissions(half, permissions(0755));
    Files.move(half, home);
  }

  private static void place(TarArchiveEntry entry, InputStream content, Path folder)
      throws IOException {
    Path target = folder.resolve(entry.getName()).normalize();
    if (!target.startsWith(folder)) {
      throw new FileSystemException(entry.getName(), null, "leaves the archive's folder");
    }
    Files.createDirectories(target.getParent());
    if (entry.isDirectory()) {
      Files.createDirectories(target);
    } else if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else {
      Files.copy(content, target);
      Files.setPosixFilePermissions(target, permissions(entry.getMode()));
    }
  }

  private static Set<PosixFilePermission> permissions(int mode) {
    PosixFilePermission[] fromHighestBit = PosixFilePermission.values();
    Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
    for (int bit = 0; bit < fromHighestBit.length; bit++) {
      if ((mode & (0400 >> bit)) != 0) {
        set.add(fromHighestBit[bit]);
      }
    }
    return set;
  }
}
