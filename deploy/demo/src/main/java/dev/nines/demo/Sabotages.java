// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo;

import dev.nines.demo.stage.Store;
import java.io.IOException;

/** What is done to the platform from outside so that a promise must break. */
final class Sabotages {

  private Sabotages() {}

  /** Somebody with write access copies a stored row by hand, if that is the sabotage. */
  static void forge(Theatre theatre, DemoOptions.Sabotage how) throws IOException {
    switch (how) {
      case FORGED_ROW -> copy(theatre, "spans");
      case FORGED_POINT -> copy(theatre, "metric_points");
      case NONE, SWALLOWED_BATCHES, SWALLOWED_POINTS, SWALLOWED_PAGE -> {
        // Done before.
      }
    }
  }

  private static void copy(Theatre theatre, String table) throws IOException {
    new Store(theatre.platform().writableStore())
        .run("INSERT INTO %s SELECT * FROM %s LIMIT 1".formatted(table, table));
  }
}
