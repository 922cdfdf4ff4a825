// SPDX-License-Identifier: Apache-2.0
package dev.nines.journal;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Transactions on PostgreSQL: what commits together is written together. */
public final class Journal {

  private final DataSource dataSource;

  public Journal(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Work inside one transaction. */
  @FunctionalInterface
  public interface Work<T> {
    T run(Connection transaction) throws SQLException;
  }

  /**
   * Commits when the work returns, rolls back when it throws.
   *
   * @throws JournalUnavailable when PostgreSQL cannot be reached or refuses
   */
  public <T> T transact(Work<T> work) {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T result = work.run(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      }
    } catch (SQLException e) {
      throw new JournalUnavailable(e);
    }
  }
}
