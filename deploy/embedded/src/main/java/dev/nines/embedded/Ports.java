// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;

/** TCP ports on 127.0.0.1, chosen once and kept in {@code ports.properties} beside the data. */
public final class Ports {

  /** Below Linux's ephemeral range, so that no outgoing connection takes a port between starts. */
  private static final int FIRST = 15_000;

  private static final int LAST = 32_000;
  private static final int ATTEMPTS = 200;

  private Ports() {}

  /**
   * The port kept under a name, or a new free one when there is none or somebody else holds it now;
   * never one that the folder keeps under another name.
   */
  static int keptOrFree(Path folder, String name) {
    Properties others = read(folder);
    Object own = others.remove(name);
    if (own != null && !others.containsValue(own) && isFree(Integer.parseInt(own.toString()))) {
      return Integer.parseInt(own.toString());
    }
    int port = freeBeside(others);
    keep(folder, name, port);
    return port;
  }

  /** Writes down a port that the caller wants. */
  static void keep(Path folder, String name, int port) {
    Properties kept = read(folder);
    kept.setProperty(name, Integer.toString(port));
    try {
      Files.createDirectories(folder);
      try (OutputStream out = Files.newOutputStream(file(folder))) {
        kept.store(out, null);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A port nobody listens on. */
  public static int free() {
    return freeBeside(new Properties());
  }

  private static int freeBeside(Properties kept) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
      if (!kept.containsValue(Integer.toString(port)) && isFree(port)) {
        return port;
      }
    }
    throw new StartFailedException("no free TCP port between " + FIRST + " and " + LAST);
  }

  /**
   * Asks by a socket that is bound and does not listen: a process that is being started at this
   * moment by another thread inherits it for some milliseconds, and a listening one would hold the
   * port for as long.
   */
  public static boolean isFree(int port) {
    try (Socket socket = new Socket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static Properties read(Path folder) {
    Properties kept = new Properties();
    if (Files.exists(file(folder))) {
      try (InputStream in = Files.newInputStream(file(folder))) {
        kept.load(in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return kept;
  }

  static Path file(Path folder) {
    return folder.resolve("ports.properties");
  }
}
