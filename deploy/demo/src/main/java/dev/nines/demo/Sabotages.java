// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo;

import dev.nines.demo.stage.Store;
import java.io.IOException;

/** What is done to the platform from outside so that a promise must break. */
final class Sabotages {

  private Sabotages() {}

  /** Somebody with write access copies one stored span by hand. */
  static void forgeRow(Theatre theatre) throws IOException {
    new Store(theatre.platform().writableStore())
        .run("INSERT INTO spans SELECT * FROM spans LIMIT 1");
  }
}
