// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.clickhouse;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;

/**
 * ClickHouse as a process: {@code --data DIR --port P --read-only-port R --library /path/libchdb.so
 * [--memory-bytes N] [--config FILE]}. It binds 127.0.0.1, prints {@code READY} once it serves, and
 * leaves when its standard input ends or on SIGTERM. Exit code 2 and one line on standard error: a
 * port is taken, the folder is locked, an option is wrong.
 */
public final class ClickHouseMain {
  private static final int REFUSED = 2;

  private ClickHouseMain() {}

  public static void main(String[] arguments) throws IOException {
    // Read by the JDK's server once, when its first class loads.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("sun.net.httpserver.idleInterval", "300");
    System.setProperty("sun.net.httpserver.maxIdleConnections", "1000");
    // A client that is still sending must be able to read why it was refused.
    System.setProperty("sun.net.httpserver.drainAmount", Integer.toString(64 << 20));
    try {
      serve(Options.parse(arguments));
    } catch (IllegalArgumentException | IllegalStateException e) {
      System.err.println("clickhouse: " + e.getMessage());
      Runtime.getRuntime().halt(REFUSED);
    }
  }

  private static void serve(Options options) throws IOException {
    Files.createDirectories(options.data());
    try (var _ = lock(options.data())) {
      var ports = Ports.bind(options.port(), options.readOnlyPort());
      var chdb = new Chdb(options.library());
      var engine = new Engine(chdb, options.data(), options.memoryBytes(), options.config());
      var server = new ClickHouseServer(engine, ports, InstantSource.system());
      Runtime.getRuntime().addShutdownHook(new Thread(() -> leave(server, chdb), "drain"));
      System.out.println("READY");
      System.in.transferTo(OutputStream.nullOutputStream());
      System.exit(0);
    }
  }

  /** The C library's own exit runs destructors under live threads and was seen to crash. */
  private static void leave(ClickHouseServer server, Chdb chdb) {
    server.drain();
    chdb.leave(0);
  }

  /** The engine's lock says nothing about who holds it; ours fails first, with a clear line. */
  private static FileLock lock(Path data) throws IOException {
    var channel =
        FileChannel.open(
            data.resolve("nines.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    var lock = channel.tryLock();
    if (lock == null) {
      throw new IllegalStateException("the data folder is in use by another process: " + data);
    }
    return lock;
  }
}
