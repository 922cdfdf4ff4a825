// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.clickhouse;

import java.util.Set;

/** What a listening port lets through. */
enum Port {
  /** Every statement; a GET only reads, as on the server. */
  FULL,
  /** Reads only, whatever the URL, the settings or the text say: for dashboards. */
  READ_ONLY;

  private static final Set<String> READS =
      Set.of("SELECT", "WITH", "FROM", "SHOW", "DESCRIBE", "DESC", "EXPLAIN", "EXISTS");

  /** Statements that change the session alone. */
  private static final Set<String> SESSION = Set.of("SET", "USE");

  /** Throws code 164 for what may not pass. The engine's own parser has judged the statement. */
  void check(Analysis analysis, String firstWord, boolean get) {
    if (analysis.statements() > 1) {
      throw new EngineException(
          ErrorCode.SYNTAX_ERROR, "Syntax error (Multi-statements are not allowed)");
    }
    if (analysis.statements() == 0) {
      return; // Did not parse, and will not when it is run: the engine says where and why.
    }
    var reads = analysis.effect() == Analysis.Effect.READ_ONLY;
    var passes =
        switch (this) {
          case FULL -> !get || reads || SESSION.contains(firstWord);
          case READ_ONLY -> reads && READS.contains(firstWord);
        };
    if (!passes) {
      throw readOnly();
    }
  }

  /** {@link #check} for an INSERT whose rows follow; only its beginning has been read. */
  void checkWrite(boolean get) {
    if (get || this == READ_ONLY) {
      throw readOnly();
    }
  }

  private EngineException readOnly() {
    return new EngineException(
        ErrorCode.READONLY,
        this == READ_ONLY
            ? "Cannot execute query in readonly mode: this port only reads"
            : "Cannot execute query in readonly mode. For queries over HTTP, method GET implies"
                + " readonly. You should use method POST for modifying queries");
  }

  /**
   * The engine's own guard behind {@link #check}: also refuses table functions that read files or
   * call out.
   */
  void guard(Connection connection) {
    if (this == READ_ONLY) {
      connection.execute("SET readonly = 1");
    }
  }

  /** Whether a setting is the port's own and the caller's wish for it is passed over. */
  boolean decides(String setting) {
    return this == READ_ONLY && setting.equals("readonly");
  }
}
