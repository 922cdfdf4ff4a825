// SPDX-License-Identifier: Apache-2.0
package dev.nines.journal;

import java.sql.SQLException;
import java.sql.SQLTransientException;

/** PostgreSQL cannot be reached, or refused a statement. */
public final class JournalUnavailable extends RuntimeException {

  private final boolean passing;

  public JournalUnavailable(SQLException cause) {
    super(cause.getMessage(), cause);
    this.passing = passing(cause);
  }

  /** The same work may succeed later; false when the statement itself is wrong. */
  public boolean passing() {
    return passing;
  }

  /**
   * Classes of PostgreSQL's appendix A: connection, rollback, resources, lock, operator; and what a
   * fail-over answers until it is through: read only (25006), not let in (28).
   */
  private static boolean passing(SQLException cause) {
    String state = cause.getSQLState();
    return cause instanceof SQLTransientException
        || state == null
        || state.matches("(08|25006|28|40|53|55|57|58).*");
  }
}
