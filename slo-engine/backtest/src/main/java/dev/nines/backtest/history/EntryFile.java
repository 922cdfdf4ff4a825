// SPDX-License-Identifier: Apache-2.0
package dev.nines.backtest.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nines.transport.JsonSerde;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.common.errors.SerializationException;

/** Lines of JSON, with gzip or without. */
public final class EntryFile implements Closeable {

  private static final JsonSerde<Entry> JSON = new JsonSerde<>(Entry.class);
  private static final int GZIP_MAGIC = 0x1f;

  private final OutputStream out;

  private EntryFile(OutputStream out) {
    this.out = out;
  }

  /** Begins a file, with gzip when its name ends so. */
  public static EntryFile create(Path file) throws IOException {
    OutputStream raw = new BufferedOutputStream(Files.newOutputStream(file));
    return new EntryFile(file.toString().endsWith(".gz") ? new GZIPOutputStream(raw) : raw);
  }

  public void write(Entry entry) throws IOException {
    out.write(JSON.write(entry));
    out.write('\n');
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  /**
   * @param receiver refuses a line by an {@link IllegalArgumentException}
   */
  static void read(Path file, Consumer<Entry> receiver) throws IOException {
    try (BufferedReader reader = reader(file)) {
      int number = 1;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.isBlank()) {
          take(file, number, line, receiver);
        }
        number++;
      }
    }
  }

  private static void take(Path file, int number, String line, Consumer<Entry> receiver)
      throws UnreadableHistoryException {
    try {
      receiver.accept(JSON.read(line.getBytes(UTF_8)));
    } catch (SerializationException e) {
      throw new UnreadableHistoryException(
          file + ":" + number + " is no line of a history: " + reason(e));
    } catch (IllegalArgumentException e) {
      throw new UnreadableHistoryException(file + ":" + number + " " + e.getMessage());
    }
  }

  /** The first line of what the parser says: the rest points into its own source. */
  private static String reason(SerializationException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
  }

  private static BufferedReader reader(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file));
    in.mark(1);
    int first = in.read();
    in.reset();
    return new BufferedReader(
        new InputStreamReader(first == GZIP_MAGIC ? new GZIPInputStream(in) : in, UTF_8));
  }
}
