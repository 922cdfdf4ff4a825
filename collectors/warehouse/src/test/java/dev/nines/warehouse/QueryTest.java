// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nines.embedded.ClickHouseProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueryTest {

  private static final String NASTY = "it's \\ a \t tab\n and 'more' {x:String} %";

  @TempDir static Path data;
  private static ClickHouseProcess clickHouse;
  private static Query query;

  @BeforeAll
  static void start() {
    clickHouse = ClickHouseProcess.start(data);
    query = new Query(Store.of(clickHouse), new QueryLimits(Duration.ofSeconds(1), 1_000));
  }

  @AfterAll
  static void stop() {
    query.close();
    clickHouse.close();
  }

  @Test
  void parametersArriveUnchangedAndAreReadable() {
    Sql sql =
        Sql.of("SELECT {t:String} AS t, {n:Int64} AS n, {l:Array(String)} AS l")
            .with("t", NASTY)
            .with("n", Long.MIN_VALUE)
            .with("l", List.of("a", NASTY));
    for (Sql form : List.of(sql, Sql.of(sql.readable()))) {
      Row row = query.one(form);
      assertThat(row.text("t")).isEqualTo(NASTY);
      assertThat(row.number("n")).isEqualTo(Long.MIN_VALUE);
      assertThat(row.<String>list("l")).containsExactly("a", NASTY);
    }
  }

  @Test
  void refusalsCarryTheCode() {
    assertThatThrownBy(() -> query.rows(Sql.of("SELECT * FROM missing")))
        .isInstanceOfSatisfying(WarehouseException.class, e -> assertThat(e.code()).isEqualTo(60))
        .hasMessageContaining("SELECT * FROM missing");
  }

  @Test
  void tooManyRowsAndTooMuchTimeAreErrors() {
    assertThatThrownBy(() -> query.rows(Sql.of("SELECT number FROM numbers(100000)")))
        .isInstanceOfSatisfying(WarehouseException.class, e -> assertThat(e.code()).isEqualTo(396));
    Sql slow = Sql.of("SELECT count() FROM numbers(1000000000000) WHERE sin(number) > 2");
    assertThatThrownBy(() -> query.rows(slow)).isInstanceOf(WarehouseException.class);
  }

  @Test
  void anEngineThatIsAwayIsAnErrorAndNoMoreOnceItIsBack() {
    clickHouse.kill();
    assertThatThrownBy(() -> query.one(Sql.of("SELECT 1 AS x")))
        .isInstanceOfSatisfying(
            WarehouseException.class,
            e -> assertThat(e.code()).isEqualTo(WarehouseException.UNAVAILABLE));
    clickHouse.restart();
    assertThat(query.one(Sql.of("SELECT 1 AS x")).number("x")).isEqualTo(1);
  }
}
