// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.clickhouse;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InterruptedIOException;

/** One port of the HTTP interface: answers the fixed paths, and runs queries under its bounds. */
final class QueryHandler implements HttpHandler {
  private final Port port;
  private final Engine engine;
  private final Sessions sessions;
  private final Admission admission;
  private final QueryRun run;

  QueryHandler(Port port, Engine engine, Sessions sessions, Admission admission, QueryRun run) {
    this.port = port;
    this.engine = engine;
    this.sessions = sessions;
    this.admission = admission;
    this.run = run;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    var response = new Response(exchange);
    try {
      switch (exchange.getRequestURI().getPath()) {
        case "/ping", "/replicas_status" -> response.text("Ok.\n");
        case "/metrics" -> response.text(Metrics.text(admission));
        case "/" -> query(exchange, response);
        default -> throw EngineException.notOffered(exchange.getRequestURI().getPath());
      }
    } catch (EngineException e) {
      response.fail(e);
    }
  }

  private void query(HttpExchange exchange, Response response) throws IOException {
    var method = exchange.getRequestMethod();
    if (!method.equals("POST") && !method.equals("GET")) {
      throw EngineException.notOffered("HTTP method " + method);
    }
    if (method.equals("GET") && exchange.getRequestURI().getRawQuery() == null) {
      response.text("Ok.\n");
      return;
    }
    var request = QueryRequest.of(exchange);
    response.header("X-ClickHouse-Query-Id", request.queryId());
    response.header("X-ClickHouse-Server-Display-Name", "nines");
    response.header("X-ClickHouse-Timezone", engine.timezone());
    try (var _ = admission.enter()) {
      connect(exchange, request, response);
    } catch (InterruptedException e) {
      throw (IOException) new InterruptedIOException("shutting down").initCause(e);
    }
    // Only now may the client come back: its session is free again.
    response.close();
  }

  private void connect(HttpExchange exchange, QueryRequest request, Response response)
      throws IOException {
    var wanted = request.session();
    if (wanted == null) {
      try (var connection = engine.open()) {
        RequestSettings.apply(connection, request);
        run.run(exchange, request, connection, response);
      }
      return;
    }
    if (port == Port.READ_ONLY) {
      throw EngineException.notOffered("session_id on the read-only port");
    }
    try (var lease = sessions.lease(wanted)) {
      var connection = lease.connection();
      var undo = RequestSettings.undo(connection, request);
      try {
        RequestSettings.apply(connection, request);
        run.run(exchange, request, connection, response);
      } finally {
        undo.forEach(connection::execute);
      }
    }
  }
}
