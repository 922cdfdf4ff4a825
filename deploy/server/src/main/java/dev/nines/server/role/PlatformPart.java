// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.role;

import dev.nines.delivery.Alerts;
import dev.nines.delivery.PlatformWatch;
import dev.nines.delivery.SetAside;
import dev.nines.delivery.TroubleSource;
import dev.nines.journal.Outbox;
import dev.nines.server.ActiveRoles;
import dev.nines.server.Checks;
import dev.nines.server.Part;
import dev.nines.server.Role;
import dev.nines.server.Stores;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Roles alerting, and archive where it has PostgreSQL: people are told of the gravest troubles of
 * the platform itself the way they are told of burns, without a Prometheus.
 */
@Singleton
public final class PlatformPart implements Part {

  private final Alerts alerts;
  private final PlatformWatch watch;

  public PlatformPart(
      ActiveRoles roles,
      Stores stores,
      Alerts alerts,
      Instance<ArchivePart> archive,
      InstantSource clock) {
    this.alerts = alerts;
    List<TroubleSource> sources = new ArrayList<>();
    if (roles.contains(Role.ALERTING)) {
      sources.add(new SetAside(new Outbox()));
    }
    if (roles.contains(Role.ARCHIVE)) {
      sources.add(new Residuals(archive.get()));
    }
    watch =
        new PlatformWatch(stores.journal(), alerts, AlertingPart.PLATFORM_TENANT, sources, clock);
  }

  @Override
  public String name() {
    return "platform";
  }

  @Override
  public void start() {
    alerts.migrate();
    watch.start();
  }

  @Override
  public Optional<String> check() {
    return Checks.unlessFailed(watch::check);
  }

  @Override
  public void close() {
    watch.close();
  }
}
