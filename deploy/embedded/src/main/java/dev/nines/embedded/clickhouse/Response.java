// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.clickhouse;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a query. Its first {@value #BUFFER_BYTES} bytes are held back, so that an error
 * found in time has its own status and a small answer carries its final summary; what is longer is
 * sent in chunks.
 */
final class Response extends OutputStream {
  private static final int BUFFER_BYTES = 256 * 1024;

  private final HttpExchange exchange;
  private final long startNanos = System.nanoTime();
  private final ByteArrayOutputStream held = new ByteArrayOutputStream();
  private @Nullable OutputStream body;
  private Summary summary = Summary.NOTHING;

  Response(HttpExchange exchange) {
    this.exchange = exchange;
  }

  void header(String name, String value) {
    exchange.getResponseHeaders().set(name, value);
  }

  /** What has been read and written so far. */
  void summary(Summary soFar) {
    summary = soFar;
  }

  /** Answers with a text that is no result. */
  void text(String text) throws IOException {
    header("Content-Type", "text/plain; charset=UTF-8");
    send(200, text.getBytes(UTF_8));
    exchange.close();
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (body == null && held.size() + length <= BUFFER_BYTES) {
      held.write(bytes, offset, length);
    } else {
      committed().write(bytes, offset, length);
    }
  }

  /** Ends the answer: everything the statement had to say is sent. */
  @Override
  public void close() throws IOException {
    if (body == null) {
      summaryHeader();
      send(200, held.toByteArray());
    } else {
      body.close();
    }
    exchange.close();
  }

  /**
   * Answers with the error. When part of the result is on its way, the error must not look like an
   * end: the exception leaves the handler, and the server drops the connection before the final
   * chunk.
   */
  void fail(EngineException error) throws IOException {
    if (body != null) {
      throw new IOException("error in the middle of a result: " + error.text(), error);
    }
    header("X-ClickHouse-Exception-Code", Integer.toString(error.code().number()));
    header("Content-Type", "text/plain; charset=UTF-8");
    summaryHeader();
    send(error.code().httpStatus(), (error.text() + "\n").getBytes(UTF_8));
    exchange.close();
  }

  private void send(int status, byte[] bytes) throws IOException {
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
  }

  private OutputStream committed() throws IOException {
    if (body == null) {
      summaryHeader();
      exchange.sendResponseHeaders(200, 0);
      body = exchange.getResponseBody();
      held.writeTo(body);
      held.reset();
    }
    return body;
  }

  private void summaryHeader() {
    header("X-ClickHouse-Summary", summary.json(System.nanoTime() - startNanos));
  }
}
