// SPDX-License-Identifier: Apache-2.0
package dev.nines.server;

import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.io.InputStream;

/** Leaves when standard input ends: the supervisor that held its other end is gone. */
final class StdinWatch {

  private StdinWatch() {}

  static void start(InputStream input) {
    Thread.ofPlatform().daemon().name("stdin-watch").start(() -> awaitEnd(input));
  }

  private static void awaitEnd(InputStream input) {
    try {
      while (input.read() >= 0) {
        // Whatever is written there means nothing; its end does.
      }
    } catch (IOException e) {
      // A broken pipe says the same as its end.
    }
    Quarkus.asyncExit(0);
  }
}
