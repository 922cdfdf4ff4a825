// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sla.evidence;

import java.util.SortedMap;

/**
 * What is signed.
 *
 * @param revision 0 for a report on demand; stored ones count from 1
 * @param cause why this revision was made
 * @param files SHA-256 in hex by name
 */
public record Manifest(String format, int revision, String cause, SortedMap<String, String> files) {

  public static final String FORMAT = "nines.dev/sla-evidence/2";
}
