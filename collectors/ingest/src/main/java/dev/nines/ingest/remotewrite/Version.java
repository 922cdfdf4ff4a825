// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.remotewrite;

/** The message of a request: which one is said by its Content-Type. */
public enum Version {
  /** {@code prometheus.WriteRequest}: labels as texts, no word on types. */
  V1,
  /** {@code io.prometheus.write.v2.Request}: labels as references to symbols, types beside. */
  V2
}
