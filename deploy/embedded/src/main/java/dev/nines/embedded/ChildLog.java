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

  private ChildLog(Path file, OutputStream out) {
    this.file = file;
    this.out = out;
  }

  /** Starts a new file; the one of the run before is kept as {@code <file>.1}. */
  static ChildLog open(Path file) throws IOException {
    return new ChildLog(file, rotate(file));
  }

  synchronized void append(String line) throws IOException {
    if (tail.size() == TAIL_LINES) {
      tail.removeFirst();
    }
    tail.addLast(line);
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
