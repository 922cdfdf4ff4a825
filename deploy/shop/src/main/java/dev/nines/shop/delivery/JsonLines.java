// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop.delivery;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One JSON object a line. A failed write throws: a log with holes would be no truth. */
public final class JsonLines implements AutoCloseable {

  private final ObjectWriter json = JsonMapper.builder().build().writer();
  private final OutputStream out;

  public JsonLines(OutputStream out) {
    this.out = new BufferedOutputStream(out, 1 << 16);
  }

  public static JsonLines create(Path file) throws IOException {
    return new JsonLines(Files.newOutputStream(file));
  }

  public void write(Object line) {
    try {
      out.write(json.writeValueAsBytes(line));
      out.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
