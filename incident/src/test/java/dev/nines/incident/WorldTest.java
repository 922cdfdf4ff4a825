// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** One {@link World} for the tests of a class, a tenant for each test. */
abstract class WorldTest {

  @TempDir static Path data;
  static World world;

  String tenant;

  @BeforeAll
  static void start() {
    world = new World(data);
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @BeforeEach
  void freshTenant() {
    tenant = world.freshTenant();
  }
}
