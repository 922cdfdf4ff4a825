// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a migration is in a database of engine Replicated, which is a cluster of its own name: a
 * table {@code <name>_local} on each shard, and under the name itself a table over all of them, so
 * that statements elsewhere are the same.
 *
 * @param replicated whether it is, so that each statement comes to all replicas of all shards; else
 *     the cluster is one that somebody made, of this node alone
 */
record ClusterStatements(String database, boolean replicated) {

  private static final String LOCAL = "_local";
  private static final String NAME = "(\\w+)";
  private static final Pattern COMMENT = Pattern.compile("(?m)^--.*\n");
  private static final Pattern TABLE = Pattern.compile("^CREATE TABLE IF NOT EXISTS " + NAME);
  private static final Pattern VIEW =
      Pattern.compile(
          "^(CREATE MATERIALIZED VIEW IF NOT EXISTS \\w+ TO )" + NAME + "( AS\\s.*\\sFROM )" + NAME,
          Pattern.DOTALL);
  private static final Pattern CHANGE = Pattern.compile("^ALTER TABLE " + NAME);
  private static final Pattern ENGINE = Pattern.compile("ENGINE = (\\w*MergeTree)");
  private static final Pattern WINDOW =
      Pattern.compile("non_replicated_deduplication_window = (\\d+)");

  /** A batch that waits longer for its second try than this could be stored twice. */
  private static final String REPLICATED_WINDOW =
      "replicated_deduplication_window = $1, replicated_deduplication_window_seconds = 604800";

  /**
   * @throws MigrationException when the statement is none that a cluster knows
   */
  List<String> of(Migration migration) {
    String sql = COMMENT.matcher(migration.sql()).replaceAll("").strip();
    Matcher table = TABLE.matcher(sql);
    if (table.find()) {
      return table(migration.shardBy(), table.group(1), sql);
    }
    Matcher change = CHANGE.matcher(sql);
    if (change.find()) {
      return List.of(change.replaceFirst("ALTER TABLE $1" + LOCAL), sql);
    }
    Matcher view = VIEW.matcher(sql);
    if (view.find()) {
      return List.of(view.replaceFirst("$1$2" + LOCAL + "$3$4" + LOCAL));
    }
    throw new MigrationException(migration.file(), "is no statement that a cluster knows", null);
  }

  private List<String> table(String shardBy, String name, String sql) {
    String local = TABLE.matcher(sql).replaceFirst("CREATE TABLE IF NOT EXISTS $1" + LOCAL);
    String over =
        "CREATE TABLE IF NOT EXISTS %s AS %s%s ENGINE = Distributed('%s', '%s', '%s%s', %s)"
            .formatted(name, name, LOCAL, database, database, name, LOCAL, shardBy);
    return List.of(replicated ? replicated(local) : local, over);
  }

  private static String replicated(String local) {
    String replicated = ENGINE.matcher(local).replaceFirst("ENGINE = Replicated$1");
    return WINDOW.matcher(replicated).replaceFirst(REPLICATED_WINDOW);
  }
}
