// SPDX-License-Identifier: Apache-2.0
package dev.nines.journal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.prometheus.PrometheusMetricsTrackerFactory;
import io.prometheus.client.CollectorRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** Transactions on PostgreSQL: what commits together is written together. */
public final class Journal implements AutoCloseable {

  /** Location and history table of the journal's own tables. */
  private static final String LOCATION = "classpath:db/journal";

  private static final String HISTORY = "journal_migrations";
  private static final long CONNECTION_TIMEOUT_MILLIS = 1_500;
  private static final long AGAIN_NANOS = 250_000_000;
  private static final long VALIDATION_TIMEOUT_MILLIS = 1_000;

  private final DataSource dataSource;
  private final OutboxBell bell;
  private final OutboxMetrics metrics;
  private final Consumer<Boolean> watch;

  public Journal(DataSource dataSource) {
    this(dataSource, new CollectorRegistry());
  }

  public Journal(DataSource dataSource, CollectorRegistry registry) {
    this(dataSource, registry, reached -> {});
  }

  private Journal(DataSource dataSource, CollectorRegistry registry, Consumer<Boolean> watch) {
    this.watch = watch;
    this.dataSource = dataSource;
    this.bell = new OutboxBell(dataSource);
    this.metrics = new OutboxMetrics(registry);
  }

  /** Work inside one transaction. */
  @FunctionalInterface
  public interface Work<T> {
    T run(Connection transaction) throws SQLException;
  }

  /**
   * A pool that starts without PostgreSQL, says within 2 s that it is away, and recovers by itself.
   *
   * @param poolSize at least 3: a migration takes two connections, the outbox's listener one
   */
  public static Journal connect(String jdbcUrl, int poolSize, CollectorRegistry registry) {
    return connect(jdbcUrl, poolSize, registry, reached -> {});
  }

  /**
   * As above.
   *
   * @param watch is told of each transaction whether PostgreSQL was reached
   */
  public static Journal connect(
      String jdbcUrl, int poolSize, CollectorRegistry registry, Consumer<Boolean> watch) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("journal");
    config.setJdbcUrl(jdbcUrl);
    config.setMaximumPoolSize(poolSize);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
    config.setValidationTimeout(VALIDATION_TIMEOUT_MILLIS);
    config.setInitializationFailTimeout(-1);
    config.addDataSourceProperty("connectTimeout", "1");
    config.addDataSourceProperty("loginTimeout", "1");
    // A server that hangs in the middle of a statement.
    config.addDataSourceProperty("socketTimeout", "10");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("ApplicationName", "nines");
    config.setMetricsTrackerFactory(new PrometheusMetricsTrackerFactory(registry));
    return new Journal(new HikariDataSource(config), registry, watch);
  }

  /** Creates or upgrades the tables of outbox and audit trail. */
  public Journal migrate() {
    Migrations.run(dataSource, LOCATION, HISTORY);
    return this;
  }

  /**
   * Commits when the work returns, rolls back when it throws.
   *
   * @throws JournalUnavailable when PostgreSQL cannot be reached or refuses
   */
  public <T> T transact(Work<T> work) {
    try {
      T result = once(work);
      watch.accept(true);
      return result;
    } catch (JournalUnavailable e) {
      watch.accept(!e.passing());
      throw e;
    }
  }

  private <T> T once(Work<T> work) {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T result = work.run(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException e) {
        rollback(connection, e);
        throw e;
      }
    } catch (SQLException e) {
      throw new JournalUnavailable(e);
    }
  }

  /**
   * As {@link #transact}, tried again for a while: for work whose repetition changes nothing, when
   * a PostgreSQL that comes back soon saves a repeat of something dearer.
   */
  public <T> T transactPatiently(Duration patience, Work<T> work) {
    long start = System.nanoTime();
    while (true) {
      try {
        return transact(work);
      } catch (JournalUnavailable e) {
        if (!e.passing() || System.nanoTime() - start > patience.toNanos()) {
          throw e;
        }
        LockSupport.parkNanos(AGAIN_NANOS);
      }
    }
  }

  /** For migrations of the owners of tables. */
  public DataSource dataSource() {
    return dataSource;
  }

  OutboxBell bell() {
    return bell;
  }

  OutboxMetrics metrics() {
    return metrics;
  }

  @Override
  public void close() {
    bell.close();
    if (dataSource instanceof HikariDataSource pool) {
      pool.close();
    }
  }

  private static void rollback(Connection connection, Exception cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }
}
