// SPDX-License-Identifier: Apache-2.0
package dev.nines.journal;

import java.sql.SQLException;

/** PostgreSQL cannot be reached, or refused a statement. */
public final class JournalUnavailable extends RuntimeException {
  public JournalUnavailable(SQLException cause) {
    super(cause.getMessage(), cause);
  }
}
