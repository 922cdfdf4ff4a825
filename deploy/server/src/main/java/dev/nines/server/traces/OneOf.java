// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.traces;

import java.util.concurrent.atomic.AtomicLong;

/** Head sampling: the first, then one in {@code every}. */
final class OneOf {

  private final long every;
  private final AtomicLong seen = new AtomicLong();

  OneOf(long every) {
    this.every = every;
  }

  boolean next() {
    return seen.getAndIncrement() % every == 0;
  }
}
