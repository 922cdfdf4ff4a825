// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

/**
 * What a token allows.
 *
 * @param region empty when the token is good in every region
 */
public record Grant(String tenant, String region, boolean mayWrite) {

  boolean holdsIn(String where) {
    return region.isEmpty() || region.equals(where);
  }
}
