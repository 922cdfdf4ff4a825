// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse;

import com.clickhouse.client.api.ServerException;

/** ClickHouse refused a statement or did not answer; the message says which statement and why. */
public final class WarehouseException extends RuntimeException {

  /** No answer at all: ClickHouse is away, or its answer was cut off. */
  public static final int UNAVAILABLE = 0;

  private final int code;

  private WarehouseException(String message, Throwable cause, int code) {
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

  private static Throwable root(Throwable e) {
    Throwable cause = e.getCause();
    return cause == null ? e : root(cause);
  }

  /** ClickHouse's error code, for example 60 for an unknown table, or {@link #UNAVAILABLE}. */
  public int code() {
    return code;
  }
}
