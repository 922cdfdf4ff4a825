// SPDX-License-Identifier: Apache-2.0
package dev.nines.catalog;

import dev.nines.objectives.access.Principal;
import dev.nines.objectives.access.Principal.Right;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A token as its administrator sees it.
 *
 * @param region empty when it is good in every region
 * @param revokedAt null while it is good
 */
public record TokenRow(
    String id,
    String tenant,
    String name,
    String region,
    Set<Right> rights,
    String createdBy,
    Instant createdAt,
    @Nullable Instant revokedAt) {

  Principal principal() {
    return new Principal(tenant, name, region, rights);
  }
}
