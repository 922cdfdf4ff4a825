// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The folder of one installation, held by one process at a time. */
public final class DataFolder implements AutoCloseable {

  private final Path path;
  private final FileChannel channel;

  private DataFolder(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Takes the folder; the kernel gives the lock back when we end, however we end.
   *
   * @throws StartFailedException when another process has it
   */
  public static DataFolder lock(Path folder) {
    Path path = folder.toAbsolutePath().normalize();
    try {
      Files.createDirectories(path);
      FileChannel channel =
          FileChannel.open(
              path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        channel.close();
        throw new StartFailedException(
            "Nines already runs in %s (pid %s)".formatted(path, holder(path)));
      }
      Files.writeString(pidFile(path), Long.toString(ProcessHandle.current().pid()));
      return new DataFolder(path, channel);
    } catch (IOException e) {
      throw new StartFailedException("can't use the data folder " + path + ": " + e, e);
    }
  }

  public Path path() {
    return path;
  }

  /** Pid files of the children that work in this folder. */
  public PidFiles pidFiles() {
    return new PidFiles(path.resolve("pids"));
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(pidFile(path));
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // Held by this very process.
    }
  }

  private static String holder(Path path) throws IOException {
    return Files.exists(pidFile(path)) ? Files.readString(pidFile(path)) : "unknown";
  }

  private static Path pidFile(Path path) {
    return path.resolve("nines.pid");
  }
}
