// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.role;

import dev.nines.incident.IncidentRole;
import dev.nines.server.Checks;
import dev.nines.server.Part;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Role incident: pages, escalates, writes postmortems; needs PostgreSQL alone. */
@Singleton
public final class IncidentPart implements Part {

  private final IncidentRole incidents;

  public IncidentPart(IncidentRole incidents) {
    this.incidents = incidents;
  }

  @Override
  public String name() {
    return "incident";
  }

  @Override
  public void start() {
    incidents.migrate().start();
  }

  @Override
  public Optional<String> check() {
    return Checks.unlessFailed(incidents::check);
  }

  @Override
  public void close() {
    incidents.close();
  }
}
