// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.role;

import dev.nines.catalog.Catalog;
import dev.nines.catalog.ControlRelay;
import dev.nines.catalog.StatusReader;
import dev.nines.catalog.Tokens;
import dev.nines.server.Checks;
import dev.nines.server.NinesConfig;
import dev.nines.server.Part;
import dev.nines.server.traces.OwnTraces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/** Role api: definitions, their way to the regions, and the live budgets. */
@Singleton
public final class ApiPart implements Part {

  private static final String FIRST_TENANT = "default";

  private final NinesConfig config;
  private final Catalog catalog;
  private final Tokens tokens;
  private final StatusReader statuses;
  private final ControlRelay relay;

  public ApiPart(
      NinesConfig config,
      Catalog catalog,
      Tokens tokens,
      StatusReader statuses,
      ControlRelay relay) {
    this.config = config;
    this.catalog = catalog;
    this.tokens = tokens;
    this.statuses = statuses;
    this.relay = relay;
  }

  @Override
  public String name() {
    return "api";
  }

  @Override
  public void start() {
    catalog.migrate();
    config.adminTokenFile().ifPresent(file -> ensureTenant(FIRST_TENANT, file));
    config.traces().tokenFile().ifPresent(file -> ensureTenant(OwnTraces.TENANT, file));
    relay.start();
    statuses.start();
  }

  private void ensureTenant(String tenant, Path adminTokenFile) {
    try {
      tokens.ensureTenant(tenant, adminTokenFile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Optional<String> check() {
    return Checks.complaint(statuses.check());
  }

  @Override
  public void close() {
    statuses.close();
    relay.close();
  }
}
