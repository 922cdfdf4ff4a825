// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.role;

import dev.nines.catalog.CatalogConfig;
import dev.nines.catalog.TokenTable;
import dev.nines.objectives.access.Principal;
import dev.nines.server.Checks;
import dev.nines.server.Part;
import dev.nines.server.Registries;
import dev.nines.server.Role;
import dev.nines.server.Stores;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** The copy of all tokens that collectors, and processes without PostgreSQL, look callers up in. */
@Singleton
public final class TokensPart implements Part {

  private final TokenTable table;

  public TokensPart(Stores stores, CatalogConfig config, Registries registries) {
    table =
        new TokenTable(
            stores.kafka(), stores.folder("tokens"), config, registries.of(Role.COLLECTOR));
  }

  @Override
  public String name() {
    return "tokens";
  }

  @Override
  public void start() {
    try {
      table.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Optional<Principal> find(String token) {
    return table.find(token);
  }

  @Override
  public Optional<String> check() {
    return Checks.complaint(table.check());
  }

  @Override
  public void close() {
    table.close();
  }
}
