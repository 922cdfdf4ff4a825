// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.clickhouse;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract, kept by the engine that Nines carries. */
final class EmbeddedClickHouseTest extends ClickHouseContract {
  @TempDir private static Path data;
  private static ClickHouseChild child;

  @BeforeAll
  static void start() throws Exception {
    child = ClickHouseChild.start(data);
  }

  @AfterAll
  static void stop() throws Exception {
    child.close();
  }

  @Override
  ServerUnderTest server() {
    return new ServerUnderTest(child.url(), "default", "");
  }

  @Override
  ServerUnderTest readOnly() {
    return new ServerUnderTest(child.readOnlyUrl(), "default", "");
  }
}
