// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A file system of a few hundred MiB in memory, with ballast that makes room when thrown off. */
final class SmallDisk implements AutoCloseable {

  private static final int CHUNK = 1 << 16;
  private static final String BANNER =
      """

      ************************************************************************
      *  SKIPPED: a small disk cannot be mounted here (root is needed), so    *
      *  nothing was shown about a disk that fills up.                        *
      ************************************************************************
      """;

  private final Path path;

  private SmallDisk(Path path) {
    this.path = path;
  }

  /** Skips the test, loudly, where mounting is not permitted. */
  static SmallDisk mount(int mebibytes) throws IOException, InterruptedException {
    Path path = Files.createTempDirectory("nines-disk");
    CommandLineRun run =
        run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", path.toString());
    if (run.exitCode() != 0) {
      Files.delete(path);
      System.err.println(BANNER + run.printed());
      abort("mount: " + run.printed());
    }
    return new SmallDisk(path);
  }

  Path path() {
    return path;
  }

  long freeBytes() {
    return path.toFile().getUsableSpace();
  }

  /** Takes room until only so much is free. */
  void leave(long bytes) throws IOException {
    byte[] zeros = new byte[CHUNK];
    try (OutputStream out = Files.newOutputStream(ballast())) {
      while (freeBytes() > bytes) {
        out.write(zeros, 0, (int) Math.min(CHUNK, freeBytes() - bytes));
      }
    } catch (IOException e) {
      if (freeBytes() > bytes + CHUNK) {
        throw e;
      }
    }
  }

  void throwOffBallast() throws IOException {
    Files.delete(ballast());
  }

  private Path ballast() {
    return path.resolve("ballast");
  }

  @Override
  public void close() throws IOException {
    try {
      run("umount", "--lazy", path.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Files.delete(path);
  }

  private static CommandLineRun run(String... command) throws IOException, InterruptedException {
    return CommandLineRun.of(List.of(command), Map.of());
  }
}
