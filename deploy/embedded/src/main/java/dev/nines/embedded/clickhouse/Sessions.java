// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.clickhouse;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Connections kept between requests by {@code session_id}: their settings, current database and
 * temporary tables last. A session serves one request at a time (code 373 for a second one), ends
 * after its timeout without use, and at most {@value #MAX_SESSIONS} are open.
 */
final class Sessions implements AutoCloseable {
  private static final int MAX_SESSIONS = 256;

  private final Engine engine;
  private final InstantSource clock;
  private final Map<String, Session> sessions = new HashMap<>();

  Sessions(Engine engine, InstantSource clock) {
    this.engine = engine;
    this.clock = clock;
  }

  /** The session's connection for one request; given back by closing. */
  final class Lease implements AutoCloseable {
    private final Session session;
    private final Duration timeout;

    private Lease(Session session, Duration timeout) {
      this.session = session;
      this.timeout = timeout;
    }

    Connection connection() {
      return session.connection;
    }

    @Override
    public void close() {
      giveBack(session, timeout);
    }
  }

  synchronized Lease lease(QueryRequest.SessionRequest request) {
    expire();
    var session = sessions.get(request.id());
    if (session == null) {
      session = open(request);
      sessions.put(request.id(), session);
    }
    if (session.leased) {
      throw new EngineException(
          ErrorCode.SESSION_IS_LOCKED,
          "Session %s is locked by a concurrent client".formatted(request.id()));
    }
    session.leased = true;
    return new Lease(session, Duration.ofSeconds(request.timeoutSeconds()));
  }

  /** Closes the sessions whose time is over. */
  synchronized void expire() {
    sessions.values().removeIf(this::closeIfOver);
  }

  /** Closes all; nobody may hold one. */
  @Override
  public synchronized void close() {
    sessions.values().forEach(session -> session.connection.close());
    sessions.clear();
  }

  private Session open(QueryRequest.SessionRequest request) {
    if (request.mustExist()) {
      throw new EngineException(
          ErrorCode.SESSION_NOT_FOUND, "Session %s not found".formatted(request.id()));
    }
    if (sessions.size() >= MAX_SESSIONS) {
      throw new EngineException(
          ErrorCode.TOO_MANY_SIMULTANEOUS_QUERIES, "Too many sessions. Maximum: " + MAX_SESSIONS);
    }
    return new Session(engine.open());
  }

  private boolean closeIfOver(Session session) {
    var end = session.end;
    var over = !session.leased && end != null && !end.isAfter(clock.instant());
    if (over) {
      session.connection.close();
    }
    return over;
  }

  private synchronized void giveBack(Session session, Duration timeout) {
    session.leased = false;
    session.end = clock.instant().plus(timeout);
  }

  private static final class Session {
    private final Connection connection;
    private boolean leased;
    private @Nullable Instant end;

    private Session(Connection connection) {
      this.connection = connection;
    }
  }
}
