// SPDX-License-Identifier: Apache-2.0
package dev.nines.server;

import dev.nines.delivery.Alerts;
import dev.nines.journal.Outbox;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The objects of alerting and incident, made when their roles, or requests to them, ask. */
final class PagingBeans {

  @Produces
  @Singleton
  Alerts alerts(Stores stores) {
    return new Alerts(stores.journal(), new Outbox());
  }
}
