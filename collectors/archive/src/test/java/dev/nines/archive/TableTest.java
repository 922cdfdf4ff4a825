// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.embedded.ClickHouseProcess;
import dev.nines.warehouse.Guard;
import dev.nines.warehouse.Migrations;
import dev.nines.warehouse.Query;
import dev.nines.warehouse.QueryLimits;
import dev.nines.warehouse.Warehouse;
import dev.nines.warehouse.Writer;
import dev.nines.warehouse.sink.RowMapper;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A test with the real engine and this module's tables in it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TableTest {

  private ClickHouseProcess clickHouse;
  private Warehouse warehouse;
  private Writer writer;
  private int inserts;
  Query query;

  @BeforeAll
  void startEngine(@TempDir Path data) {
    clickHouse = ClickHouseProcess.start(data);
    warehouse = new Warehouse(URI.create(clickHouse.url()), "nines", "default", "");
    Schema.migrate(new Migrations(warehouse, QueryLimits.DEFAULT));
    query = new Query(warehouse, QueryLimits.DEFAULT);
    writer = new Writer(warehouse, Duration.ofSeconds(20));
  }

  @AfterAll
  void stopEngine() {
    query.close();
    writer.close();
    clickHouse.close();
  }

  /** The same tables, past a guard. */
  Query query(Guard guard) {
    return new Query(warehouse, QueryLimits.DEFAULT, guard);
  }

  void store(RowMapper mapper, String table, List<ConsumerRecord<byte[], byte[]>> records) {
    store(mapper, List.of(table), records);
  }

  /** As the sink does. */
  void store(RowMapper mapper, List<String> tables, List<ConsumerRecord<byte[], byte[]>> records) {
    mapper.clear();
    records.forEach(mapper::append);
    for (int i = 0; i < tables.size(); i++) {
      if (mapper.blocks().get(i).rows() > 0) {
        writer.insert(tables.get(i), mapper.blocks().get(i), tables.get(i) + inserts++);
      }
    }
    mapper.stored();
  }
}
