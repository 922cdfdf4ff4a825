// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse;

import com.clickhouse.client.api.ServerException;
import org.jspecify.annotations.Nullable;

/** ClickHouse refused a statement or did not answer; the message says which statement and why. */
public final class WarehouseException extends RuntimeException {

  /** No answer at all: ClickHouse is away, or its answer was cut off. */
  public static final int UNAVAILABLE = 0;

  private final int code;

  private WarehouseException(String message, @Nullable Throwable cause, int code) {
    super(message, cause);
    this.code = code;
  }

  static WarehouseException of(String statement, Exception cause) {
    for (Throwable e = cause; e != null; e = e.getCause()) {
      if (e instanceof ServerException refused) {
        return new WarehouseException(
            statement + ": " + refused.getMessage(), cause, refused.getCode());
      }
    }
    return new WarehouseException(statement + ": " + root(cause), cause, UNAVAILABLE);
  }

  /** Nothing was sent: the guard of the queries held the statement back. */
  public static WarehouseException heldBack(String why) {
    return new WarehouseException(why, null, UNAVAILABLE);
  }

  private static Throwable root(Throwable e) {
    Throwable cause = e.getCause();
    return cause == null ? e : root(cause);
  }

  /** ClickHouse's error code, for example 60 for an unknown table, or {@link #UNAVAILABLE}. */
  public int code() {
    return code;
  }
}
