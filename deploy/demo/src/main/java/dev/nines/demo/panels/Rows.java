// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.panels;

import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A file of tab-separated rows, as ClickHouse reads them. */
final class Rows implements Closeable {

  private final Writer out;

  Rows(Path file) throws IOException {
    out = Files.newBufferedWriter(file);
  }

  /** Times become seconds with nine digits, nothing becomes NULL, booleans 0 and 1. */
  void add(@Nullable Object... cells) throws IOException {
    for (int i = 0; i < cells.length; i++) {
      out.append(i == 0 ? "" : "\t").append(text(cells[i]));
    }
    out.append('\n');
  }

  private static String text(@Nullable Object cell) {
    return switch (cell) {
      case null -> "\\N";
      case Instant at -> "%d.%09d".formatted(at.getEpochSecond(), at.getNano());
      case Boolean yes -> yes ? "1" : "0";
      default -> cell.toString().replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n");
    };
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
