// SPDX-License-Identifier: Apache-2.0
package dev.nines.catalog;

import java.time.Duration;

/**
 * @param lead how far ahead a new generation takes effect, so that every region has it by then;
 *     rounded up to a slice; at most 5 s while the tenant has no SLO
 * @param slosMax of one tenant
 * @param statusesMax entries of the status table; scopes beyond are not shown
 * @param tokensMax of one tenant, without revoked ones
 * @param tokenTableMax tokens that a region knows, with revoked ones
 */
public record CatalogConfig(
    Duration lead, int slosMax, int statusesMax, int tokensMax, int tokenTableMax) {

  public static CatalogConfig withLead(Duration lead) {
    return new CatalogConfig(lead, 10_000, 200_000, 10_000, 200_000);
  }
}
