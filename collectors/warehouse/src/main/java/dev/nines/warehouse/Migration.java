// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One object of a schema: one statement in one file, safe to run twice.
 *
 * @param file {@code NNN__name.sql}; the number gives the order
 * @param shardBy on a cluster, the expression over a row of its table that chooses the shard: where
 *     rows are merged, only of what they are merged by
 */
public record Migration(String file, String sql, String shardBy) {

  private static final String BY_TENANT = "cityHash64(tenant)";

  public Migration(String file, String sql) {
    this(file, sql, BY_TENANT);
  }

  /** The same with another choice of shards. */
  public Migration shardedBy(String expression) {
    return new Migration(file, sql, expression);
  }

  /** Reads {@code /clickhouse/<file>} beside the owner's classes. */
  public static Migration read(Class<?> owner, String file) {
    try (InputStream in = owner.getResourceAsStream("/clickhouse/" + file)) {
      if (in == null) {
        throw new IllegalArgumentException("no migration /clickhouse/" + file);
      }
      return new Migration(file, new String(in.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read /clickhouse/" + file, e);
    }
  }

  /** Hex of the SHA-256 of the statement. */
  public String checksum() {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(sql.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
