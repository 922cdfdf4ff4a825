// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;

/** A child's output: a file of at most 8 MiB, one older file, and the last lines in memory. */
final class ChildLog implements AutoCloseable {

  private static final long MAX_BYTES = 8L << 20;
  private static final int TAIL_LINES = 20;

  private final Path file;
  private final Deque<String> tail = new ArrayDeque<>();
  private OutputStream out;
  private long bytes;
  private long lostLines;

  private ChildLog(Path file, OutputStream out) {
    this.file = file;
    this.out = out;
  }

  /** Starts a new file; the one of the run before is kept as {@code <file>.1}. */
  static ChildLog open(Path file) throws IOException {
    return new ChildLog(file, rotate(file));
  }

  /**
   * A line that cannot be written, on a full disk, is counted and let go: the child must not stop
   * because its log does. The number is written once there is room.
   */
  synchronized void append(String line) {
    if (tail.size() == TAIL_LINES) {
      tail.removeFirst();
    }
    tail.addLast(line);
    try {
      if (lostLines > 0) {
        write("(" + lostLines + " lines before this one could not be written)");
        lostLines = 0;
      }
      write(line);
    } catch (IOException e) {
      lostLines++;
    }
  }

  private void write(String line) throws IOException {
    byte[] encoded = (line + "\n").getBytes(StandardCharsets.UTF_8);
    if (bytes + encoded.length > MAX_BYTES) {
      out.close();
      out = rotate(file);
      bytes = 0;
    }
    out.write(encoded);
    bytes += encoded.length;
  }

  synchronized String tail() {
    return String.join("\n", tail);
  }

  @Override
  public synchronized void close() throws IOException {
    out.close();
  }

  private static OutputStream rotate(Path file) throws IOException {
    if (Files.exists(file)) {
      Path older = file.resolveSibling(file.getFileName() + ".1");
      Files.move(file, older, StandardCopyOption.REPLACE_EXISTING);
    }
    return Files.newOutputStream(file);
  }
}
