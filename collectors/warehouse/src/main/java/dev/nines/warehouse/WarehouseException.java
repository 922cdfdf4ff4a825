// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse;

import com.clickhouse.client.api.ClickHouseException;
import com.clickhouse.client.api.ServerException;
import java.io.IOException;

/** ClickHouse refused a statement or did not answer; the message says which statement and why. */
public final class WarehouseException extends RuntimeException {

  /** No answer at all: ClickHouse is away, or its answer was cut off. */
  public static final int UNAVAILABLE = 0;

  private final int code;

  WarehouseException(String statement, ClickHouseException cause) {
    super(statement + ": " + cause.getMessage(), cause);
    this.code = cause instanceof ServerException refused ? refused.getCode() : UNAVAILABLE;
  }

  WarehouseException(String message, IOException cause) {
    super(message + ": " + cause.getMessage(), cause);
    this.code = UNAVAILABLE;
  }

  /** ClickHouse's error code, for example 60 for an unknown table, or {@link #UNAVAILABLE}. */
  public int code() {
    return code;
  }
}
