// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.clickhouse;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the HTTP interface must know of a statement before the engine runs it. */
sealed interface Statement {
  Set<String> READS = Set.of("SELECT", "WITH", "FROM");
  Set<String> AFTER_FORMAT = Set.of(";", "SETTINGS");
  Set<String> BEFORE_NAME = Set.of("INTO", "TABLE", "FUNCTION", ".");

  /** Rows in pieces: can be streamed. The format is the one written in the SQL. */
  record Select(@Nullable String format) implements Statement {}

  /**
   * An INSERT whose rows follow as data: the SQL ends before FORMAT or VALUES, the data begins at
   * {@code dataStart}, or is still to come.
   */
  record InsertData(int sqlEnd, String format, int dataStart) implements Statement {}

  /** KILL QUERY, rewritten to the engine's terms (see {@link Statement#kill}). */
  record Kill(String sql) implements Statement {}

  /** Anything else, run as it is; {@code firstWord} in upper case. */
  record Other(String firstWord, @Nullable String format) implements Statement {}

  /** One char a byte of the SQL (ISO 8859-1), because binary data may follow. */
  static Statement parse(String sql) {
    var lexer = new SqlLexer(sql);
    var more = lexer.next();
    while (more && lexer.word().equals("(")) {
      more = lexer.next();
    }
    var first = more ? lexer.word() : "";
    return switch (first) {
      case "INSERT" -> insert(sql, lexer);
      case "KILL" -> kill(sql);
      default -> {
        var format = format(sql);
        yield READS.contains(first) ? new Select(format) : new Other(first, format);
      }
    };
  }

  private static Statement insert(String sql, SqlLexer lexer) {
    var previous = "INSERT";
    while (lexer.next()) {
      var word = lexer.word();
      if (lexer.depth() == 0 && !BEFORE_NAME.contains(previous)) {
        switch (word) {
          case "VALUES" -> {
            return new InsertData(lexer.start(), "Values", lexer.end());
          }
          case "FORMAT" -> {
            return insertFormat(sql, lexer);
          }
          case "SELECT", "WITH", "FROM" -> {
            refuseFiles(lexer);
            return new Other("INSERT", null);
          }
          default -> {}
        }
      }
      if (word.equals("SELECT")) {
        return new Other("INSERT", null);
      }
      previous = word;
    }
    return new InsertData(sql.length(), "Values", sql.length());
  }

  private static InsertData insertFormat(String sql, SqlLexer lexer) {
    var sqlEnd = lexer.start();
    lexer.next();
    return new InsertData(sqlEnd, lexer.text(), dataStart(sql, lexer.end()));
  }

  /**
   * Data begins after the first line end, or after blanks when there is none
   * (ParserInsertQuery.cpp).
   */
  private static int dataStart(String sql, int from) {
    var i = from;
    while (i < sql.length() && " \t\f".indexOf(sql.charAt(i)) >= 0) {
      i++;
    }
    if (i < sql.length() && sql.charAt(i) == '\r') {
      i++;
    }
    return i < sql.length() && sql.charAt(i) == '\n' ? i + 1 : i;
  }

  /** The server refuses both clauses: they belong to the command-line client. */
  private static void refuseFiles(SqlLexer lexer) {
    do {
      if (lexer.word().equals("INFILE")) {
        throw EngineException.notOffered("INSERT FROM INFILE over HTTP");
      }
    } while (lexer.next());
  }

  /**
   * The engine gives its queries ids of its own; ours is kept in their {@code log_comment}. SYNC is
   * left out: it was seen to hang for ever although the victim had died.
   */
  private static Kill kill(String sql) {
    var lexer = new SqlLexer(sql);
    var text = new StringBuilder();
    var copied = 0;
    while (lexer.next()) {
      var replacement =
          switch (lexer.word()) {
            case "QUERY_ID" -> "Settings['log_comment']";
            case "SYNC" -> "ASYNC";
            default -> lexer.text();
          };
      text.append(sql, copied, lexer.start()).append(replacement);
      copied = lexer.end();
    }
    return new Kill(text.append(sql, copied, sql.length()).toString());
  }

  /** The name after the last FORMAT that is a clause of the whole statement. */
  private static @Nullable String format(String sql) {
    var lexer = new SqlLexer(sql);
    String found = null;
    String candidate = null;
    var previous = "";
    while (lexer.next()) {
      var word = lexer.word();
      if (word.equals("OUTFILE") && previous.equals("INTO")) {
        throw EngineException.notOffered("INTO OUTFILE over HTTP");
      }
      if (AFTER_FORMAT.contains(word) && candidate != null) {
        found = candidate;
      }
      candidate = previous.equals("FORMAT") && lexer.depth() == 0 ? lexer.text() : null;
      previous = word;
    }
    return candidate != null ? candidate : found;
  }
}
