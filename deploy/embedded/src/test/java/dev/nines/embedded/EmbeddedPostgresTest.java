// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest extends PostgresContract {

  @TempDir static Path data;

  @Override
  Subject startPostgres() {
    PostgresProcess postgres = PostgresProcess.start(data);
    return Subject.of(postgres, postgres.jdbcUrl());
  }

  @Test
  void keepsItsPasswordToItself() throws Exception {
    var mode = Files.getPosixFilePermissions(data.resolve("password"));
    assertThat(PosixFilePermissions.toString(mode)).isEqualTo("rw-------");
  }
}
