// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse;

import java.util.function.Supplier;

/** Port: says whether a statement may go out now, and sees how it ends. */
public interface Guard {

  /** Lets everything out: for whoever paces and repeats by itself. */
  Guard NONE =
      new Guard() {
        @Override
        public <T> T call(Supplier<T> statement) {
          return statement.get();
        }
      };

  /**
   * @throws WarehouseException what the statement threw, or {@link WarehouseException#heldBack}
   */
  <T> T call(Supplier<T> statement);
}
