// SPDX-License-Identifier: Apache-2.0
package dev.nines.transport;

/**
 * What of an application's state is in one of its processes.
 *
 * @param active tasks that this process works on
 * @param standby tasks of others whose state it keeps a copy of
 * @param behindRecords of changelogs, those written and not in the copies yet, and those not
 *     restored yet; open transactions are in it, so that under load it is never 0 for long
 */
public record HeldState(int active, int standby, long behindRecords) {

  /** For people who ask how a process is that shares its work. */
  public String sentence() {
    return standby == 0
        ? "works on %d tasks, has a copy of no other: no other instance works".formatted(active)
        : "works on %d tasks, has a copy of %d of others, %d records behind"
            .formatted(active, standby, behindRecords);
  }
}
