// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

class ContainerPostgresTest extends PostgresContract {

  private static final String IMAGE = "postgres:18";

  @Override
  Optional<String> missing() {
    return Docker.missing("PostgresContract", IMAGE);
  }

  @Override
  Subject startPostgres() {
    int port = Ports.free();
    GenericContainer<?> postgres = new GenericContainer<>(IMAGE);
    postgres.setPortBindings(List.of("127.0.0.1:" + port + ":5432"));
    postgres.withEnv(
        Map.of("POSTGRES_USER", "nines", "POSTGRES_PASSWORD", "nines", "POSTGRES_DB", "nines"));
    // The image starts once to initialise, and once to stay.
    postgres.waitingFor(Wait.forLogMessage(".*ready to accept connections.*", 2)).start();
    String url = "jdbc:postgresql://127.0.0.1:" + port + "/nines?user=nines&password=nines";
    return Subject.of(postgres, url);
  }
}
