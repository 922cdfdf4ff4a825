// SPDX-License-Identifier: Apache-2.0
package dev.nines.channels.email;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;

/** An SMTP server that answers one step as told: with a line, never, or by closing. */
final class ScriptedSmtp implements AutoCloseable {

  private final ServerSocket server;
  private final String step;
  private final String answer;
  private final CountDownLatch end = new CountDownLatch(1);

  /**
   * @param step GREETING, a command, or END for the end of the data
   * @param answer a line, HANG or CLOSE
   */
  ScriptedSmtp(String step, String answer) {
    this.step = step;
    this.answer = answer;
    try {
      server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::serve);
  }

  int port() {
    return server.getLocalPort();
  }

  @Override
  public void close() {
    end.countDown();
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve() {
    try (Socket socket = server.accept();
        BufferedReader in =
            new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))) {
      boolean open = says(socket, "GREETING", "220 here");
      for (String line = ""; open && line != null; ) {
        line = in.readLine();
        open = line != null && command(socket, in, line);
      }
    } catch (IOException e) {
      end.countDown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean command(Socket socket, BufferedReader in, String line)
      throws IOException, InterruptedException {
    String verb = line.substring(0, 4).strip();
    if (!verb.equals("DATA")) {
      return says(socket, verb, "250 ok");
    }
    boolean open = says(socket, verb, "354 go on");
    if (open && !step.equals(verb)) {
      for (String data = in.readLine(); data != null && !data.equals("."); ) {
        data = in.readLine();
      }
      return says(socket, "END", "250 2.0.0 Ok: queued as A1B2C3");
    }
    return open;
  }

  /** False when the line is to be closed. */
  private boolean says(Socket socket, String now, String usually)
      throws IOException, InterruptedException {
    String line = now.equals(step) ? answer : usually;
    if (line.equals("HANG")) {
      end.await();
    }
    if (line.equals("HANG") || line.equals("CLOSE")) {
      return false;
    }
    socket.getOutputStream().write((line + "\r\n").getBytes(US_ASCII));
    socket.getOutputStream().flush();
    return true;
  }
}
