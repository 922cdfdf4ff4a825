// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse;

import org.jspecify.annotations.Nullable;

/** A migration that did not run; the message names its file. */
public final class MigrationException extends RuntimeException {
  MigrationException(String file, String reason, @Nullable WarehouseException cause) {
    super(
        "migration %s: %s%s"
            .formatted(file, reason, cause == null ? "" : ": " + cause.getMessage()),
        cause);
  }
}
