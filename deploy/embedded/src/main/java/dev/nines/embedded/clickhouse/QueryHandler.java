// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.clickhouse;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InterruptedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One port of the HTTP interface: answers the fixed paths, and runs queries under its bounds. */
final class QueryHandler implements HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(QueryHandler.class);

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

  private interface Step {
    void run() throws IOException;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    var response = new Response(exchange);
    answer(response, () -> route(exchange, response));
  }

  private static void answer(Response response, Step step) throws IOException {
    try {
      step.run();
    } catch (EngineException e) {
      response.fail(e);
    } catch (RuntimeException e) {
      LOG.error("a request failed by a defect of this process", e);
      response.fail(new EngineException(ErrorCode.UNKNOWN_EXCEPTION, e.toString()));
    }
  }

  private void route(HttpExchange exchange, Response response) throws IOException {
    switch (exchange.getRequestURI().getPath()) {
      case "/ping", "/replicas_status" -> response.text("Ok.\n");
      case "/metrics" -> response.text(Metrics.text(admission));
      case "/" -> query(exchange, response);
      default -> throw EngineException.notOffered(exchange.getRequestURI().getPath());
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
    try (var _ = admission.enter(request.queryId())) {
      // The place is held until the answer is out, the session only until it is ready: the client
      // that has its answer finds the session free.
      answer(
          response,
          () -> {
            connect(exchange, request, response);
            response.close();
          });
    } catch (InterruptedException e) {
      throw (IOException) new InterruptedIOException("shutting down").initCause(e);
    }
  }

  private void connect(HttpExchange exchange, QueryRequest request, Response response)
      throws IOException {
    var wanted = request.session();
    if (wanted == null) {
      try (var connection = engine.open()) {
        RequestSettings.apply(connection, request, port);
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
        RequestSettings.apply(connection, request, port);
        run.run(exchange, request, connection, response);
      } finally {
        undo.forEach(connection::execute);
      }
    }
  }
}
