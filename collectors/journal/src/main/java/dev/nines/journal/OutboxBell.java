// SPDX-License-Identifier: Apache-2.0
package dev.nines.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes the drains of a lane as soon as a row commits, by LISTEN on one connection. It only saves
 * time: the drains poll as well, so a notification lost with its connection loses nothing.
 */
final class OutboxBell implements AutoCloseable {

  static final String CHANNEL = "nines_outbox";

  private static final Logger log = LoggerFactory.getLogger(OutboxBell.class);
  private static final int WAIT_MILLIS = 500;
  private static final long BACK_OFF_NANOS = 1_000_000_000;

  private final DataSource dataSource;
  private final Map<String, List<Runnable>> sleepers = new ConcurrentHashMap<>();
  private @Nullable Thread listener;
  private volatile boolean closed;

  OutboxBell(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  synchronized void subscribe(String lane, Runnable wake) {
    sleepers.computeIfAbsent(lane, name -> new CopyOnWriteArrayList<>()).add(wake);
    if (listener == null) {
      listener = Thread.ofVirtual().name("outbox-bell").start(this::listen);
    }
  }

  void unsubscribe(String lane, Runnable wake) {
    List<Runnable> awake = sleepers.get(lane);
    if (awake != null) {
      awake.remove(wake);
    }
  }

  @Override
  public void close() {
    closed = true;
  }

  private void listen() {
    while (!closed) {
      try (Connection connection = dataSource.getConnection()) {
        listen(connection);
      } catch (SQLException e) {
        if (!closed) {
          log.warn("the outbox listens again in 1 s, drains poll meanwhile: {}", e.getMessage());
          LockSupport.parkNanos(BACK_OFF_NANOS);
        }
      }
    }
  }

  private void listen(Connection connection) throws SQLException {
    connection.setAutoCommit(true);
    try (Statement statement = connection.createStatement()) {
      statement.execute("LISTEN " + CHANNEL);
    }
    PGConnection postgres = connection.unwrap(PGConnection.class);
    while (!closed) {
      PGNotification[] notifications = postgres.getNotifications(WAIT_MILLIS);
      for (PGNotification notification : notifications) {
        sleepers.getOrDefault(notification.getParameter(), List.of()).forEach(Runnable::run);
      }
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("UNLISTEN " + CHANNEL);
    }
  }
}
