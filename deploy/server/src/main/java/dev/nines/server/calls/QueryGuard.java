// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.calls;

import dev.nines.warehouse.Guard;
import dev.nines.warehouse.WarehouseException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Breaker and bulkhead of what people ask ClickHouse. A statement that ClickHouse refuses is an
 * answer; only silence opens the breaker. The sinks are not behind it: they must try for ever, and
 * pace themselves.
 */
public final class QueryGuard implements Guard {

  private static final String TARGET = "clickhouse";
  private static final int AT_A_TIME = 12;
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final CallOut callOut;

  public QueryGuard(CallOuts callOuts) {
    callOut = callOuts.guarded(TARGET, AT_A_TIME, PATIENCE, QueryGuard::away);
  }

  @Override
  public <T> T call(Supplier<T> statement) {
    try {
      return callOut.call(statement);
    } catch (CallOut.HeldBack e) {
      throw WarehouseException.heldBack(Objects.requireNonNullElse(e.getMessage(), e.toString()));
    }
  }

  private static boolean away(Throwable failure) {
    return failure instanceof WarehouseException e && e.code() == WarehouseException.UNAVAILABLE;
  }
}
