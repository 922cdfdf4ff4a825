// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop;

import dev.nines.shop.delivery.Collector;
import dev.nines.shop.delivery.JsonLines;
import dev.nines.shop.delivery.TruthLog;
import dev.nines.shop.metering.PointLog;
import dev.nines.shop.traffic.FaultScript;
import dev.nines.shop.traffic.Region;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * The process: reads its arguments, sells for a while, logs what it sent, leaves. Exit code 0 after
 * a whole run or end of standard input, 2 for arguments that can't be used, 1 for anything else.
 */
public final class Shop {

  private Shop() {}

  public static void main(String[] words) throws IOException, InterruptedException {
    try {
      run(Arguments.parse(words));
    } catch (RefusedInput e) {
      System.err.println("shop: " + e.getMessage());
      System.err.println("usage: " + Arguments.USAGE);
      System.exit(2);
    }
  }

  private static void run(Arguments arguments)
      throws IOException, InterruptedException, RefusedInput {
    Files.createDirectories(arguments.log());
    FaultScript script = arguments.script().faults(arguments.seed(), arguments.duration());
    ScriptFile.write(arguments, script, null);
    if (arguments.planOnly()) {
      return;
    }
    Map<Region, Collector> collectors = CollectorsFile.read(arguments.collectors().orElseThrow());
    InstantSource clock = Clock.systemUTC();
    try (TruthLog log = TruthLog.create(arguments.log());
        PointLog points = PointLog.create(arguments.log());
        JsonLines out = new JsonLines(new FileOutputStream(FileDescriptor.out));
        ChangeFeed changes = new ChangeFeed(arguments.api(), arguments.token())) {
      Session session = new Session(arguments, script, collectors, log, points, changes, clock);
      session.run(new Console(out), closed(System.in));
    }
  }

  /**
   * Counts down when standard input ends: whoever started the shop is gone or wants it to leave.
   */
  private static CountDownLatch closed(InputStream in) {
    CountDownLatch closed = new CountDownLatch(1);
    Thread.ofPlatform().name("stdin").daemon().start(() -> drain(in, closed));
    return closed;
  }

  private static void drain(InputStream in, CountDownLatch closed) {
    try {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      System.err.println("shop: standard input broke: " + e.getMessage());
    } finally {
      closed.countDown();
    }
  }
}
