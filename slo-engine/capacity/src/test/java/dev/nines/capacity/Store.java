// SPDX-License-Identifier: Apache-2.0
package dev.nines.capacity;

import dev.nines.archive.Schema;
import dev.nines.embedded.ClickHouseProcess;
import dev.nines.warehouse.Migrations;
import dev.nines.warehouse.Query;
import dev.nines.warehouse.QueryLimits;
import dev.nines.warehouse.Sql;
import dev.nines.warehouse.Warehouse;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The real engine with the archive's tables, and demand put into them as its sinks do. */
final class Store implements AutoCloseable {

  private final ClickHouseProcess clickHouse;
  final Query query;
  final DemandTables tables;

  Store(Path data) {
    clickHouse = ClickHouseProcess.start(data);
    Warehouse warehouse = new Warehouse(URI.create(clickHouse.url()), "nines", "default", "");
    Schema.migrate(new Migrations(warehouse, QueryLimits.DEFAULT));
    query = new Query(warehouse, QueryLimits.DEFAULT);
    tables = new DemandTables(query);
  }

  /** One increment of a roll-up: requests in a slice of ten seconds. */
  record Increment(String tenant, String service, String region, Instant slice, long requests) {}

  /** Into all three tables. */
  void add(List<Increment> increments) {
    List<String> tens = new ArrayList<>();
    List<String> minutes = new ArrayList<>();
    List<String> hours = new ArrayList<>();
    for (Increment each : increments) {
      long at = each.slice().getEpochSecond();
      String who = "'%s','%s','%s'".formatted(each.tenant(), each.service(), each.region());
      tens.add("(%s,'op','server',%d,%d,now64(3))".formatted(who, at, each.requests()));
      minutes.add("(%s,'op','server',%d,%d,today())".formatted(who, at / 60 * 60, each.requests()));
      hours.add(
          "(%s,%d,%d,[%d],[%d],today())"
              .formatted(who, at / 3_600 * 3_600, each.requests(), at / 60 % 60, each.requests()));
    }
    String who = "(tenant, service, region, ";
    insert("red_10s " + who + "operation, kind, slice, count, logged_at)", tens);
    insert("red_1m " + who + "operation, kind, minute, count, logged_on)", minutes);
    insert(
        "demand_1h " + who + "hour, count, minuteMap.minute, minuteMap.count, logged_on)", hours);
  }

  private void insert(String table, List<String> rows) {
    query.execute(Sql.of("INSERT INTO " + table + " VALUES " + String.join(",", rows)));
  }

  @Override
  public void close() {
    query.close();
    clickHouse.close();
  }
}
