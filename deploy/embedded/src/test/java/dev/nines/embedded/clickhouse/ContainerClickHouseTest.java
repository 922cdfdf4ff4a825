// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.clickhouse;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIf;

/** The contract against the server itself, where Docker is present. */
@EnabledIf(
    value = "dev.nines.embedded.clickhouse.ContainerClickHouse#dockerAnswers",
    disabledReason = "no Docker: the contract did not run on the official image")
final class ContainerClickHouseTest extends ClickHouseContract {
  private static @Nullable ContainerClickHouse container;

  @BeforeAll
  static void start() {
    container = ContainerClickHouse.start();
  }

  @AfterAll
  static void stop() {
    if (container != null) {
      container.close();
    }
  }

  @Override
  ServerUnderTest server() {
    return container.server();
  }

  @Override
  ServerUnderTest readOnly() {
    return container.reader();
  }
}
