// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.role;

import dev.nines.delivery.Alerts;
import dev.nines.delivery.BurnConsumer;
import dev.nines.server.Checks;
import dev.nines.server.Part;
import dev.nines.server.Registries;
import dev.nines.server.Role;
import dev.nines.server.Stores;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;

/** Role alerting: burns become alerts, and what is told about them. */
@Singleton
public final class AlertingPart implements Part {

  /** Whose people are told when the platform itself is in trouble. */
  static final String PLATFORM_TENANT = "default";

  private final Alerts alerts;
  private final BurnConsumer consumer;

  public AlertingPart(Stores stores, Alerts alerts, InstantSource clock, Registries registries) {
    this.alerts = alerts;
    this.consumer =
        new BurnConsumer(
            stores.kafka(),
            stores.journal(),
            alerts,
            PLATFORM_TENANT,
            clock,
            registries.of(Role.ALERTING));
  }

  @Override
  public String name() {
    return "alerting";
  }

  @Override
  public void start() {
    alerts.migrate();
    consumer.start();
  }

  @Override
  public Optional<String> check() {
    return Checks.unlessFailed(consumer::check);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
