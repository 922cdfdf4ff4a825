// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sloth;

/** How the series of a Prometheus come to us, which decides under which names they are stored. */
public enum Arrival {
  /** A histogram is one metric; its buckets and its count have no series of their own. */
  SCRAPE,
  /** Each part of a histogram is a counter of its own. */
  REMOTE_WRITE
}
