// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse;

import com.clickhouse.client.api.ClickHouseException;
import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.query.GenericRecord;
import com.clickhouse.client.api.query.QuerySettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs parameterised statements within limits; safe for use by several threads. */
public final class Query implements AutoCloseable {

  private static final Duration GRACE = Duration.ofSeconds(1);

  private final Client client;
  private final QueryLimits limits;
  private final Guard guard;

  public Query(Warehouse warehouse, QueryLimits limits) {
    this(warehouse, limits, Guard.NONE);
  }

  public Query(Warehouse warehouse, QueryLimits limits, Guard guard) {
    this.limits = limits;
    this.guard = guard;
    this.client = warehouse.client(limits.deadline().plus(GRACE));
  }

  /**
   * @throws WarehouseException when ClickHouse is away, refuses, or the limits are exceeded
   */
  public List<Row> rows(Sql sql) {
    return guard.call(() -> read(sql));
  }

  private List<Row> read(Sql sql) {
    try {
      List<Row> rows = new ArrayList<>();
      for (GenericRecord cells : client.queryAll(sql.text(), sql.encoded(), settings())) {
        rows.add(new Row(cells));
      }
      return rows;
    } catch (ClickHouseException e) {
      throw WarehouseException.of(firstLine(sql), e);
    }
  }

  /** The only row of an answer, such as that of an aggregate without groups. */
  public Row one(Sql sql) {
    List<Row> rows = rows(sql);
    if (rows.size() != 1) {
      throw new IllegalStateException(rows.size() + " rows instead of one: " + sql.text());
    }
    return rows.getFirst();
  }

  /** Runs a statement that has no answer. */
  public void execute(Sql sql) {
    try (InputStream answer =
        client.query(sql.text(), sql.encoded(), settings()).join().getInputStream()) {
      answer.transferTo(OutputStream.nullOutputStream());
    } catch (ClickHouseException | IOException e) {
      throw WarehouseException.of(firstLine(sql), e);
    }
  }

  @Override
  public void close() {
    client.close();
  }

  private QuerySettings settings() {
    QuerySettings settings = new QuerySettings();
    settings.serverSetting(
        "max_execution_time", Long.toString(Math.max(1, limits.deadline().toSeconds())));
    settings.serverSetting("max_result_rows", Integer.toString(limits.maxRows()));
    settings.serverSetting("result_overflow_mode", "throw");
    return settings;
  }

  private static String firstLine(Sql sql) {
    return sql.text().strip().lines().findFirst().orElse("empty statement");
  }
}
