// SPDX-License-Identifier: Apache-2.0
package dev.nines.server;

import dev.nines.delivery.Alerts;
import dev.nines.incident.IncidentRole;
import dev.nines.incident.IncidentSettings;
import dev.nines.incident.oncall.Policies;
import dev.nines.incident.oncall.Schedules;
import dev.nines.incident.oncall.Users;
import dev.nines.incident.paging.Channels;
import dev.nines.incident.postmortem.Postmortems;
import dev.nines.incident.response.Incidents;
import dev.nines.incident.response.ResponseSettings;
import dev.nines.journal.AuditTrail;
import dev.nines.journal.Journal;
import dev.nines.journal.Outbox;
import dev.nines.server.calls.CallOuts;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** The objects of alerting and incident, made when their roles, or requests to them, ask. */
final class PagingBeans {

  @Produces
  @Singleton
  Journal journal(Stores stores) {
    return stores.journal();
  }

  @Produces
  @Singleton
  AuditTrail audit() {
    return new AuditTrail();
  }

  @Produces
  @Singleton
  Alerts alerts(Journal journal) {
    return new Alerts(journal, new Outbox());
  }

  @Produces
  @Singleton
  IncidentRole incidentRole(
      NinesConfig config,
      Journal journal,
      StoreEvidence evidence,
      KafkaEvents events,
      InstantSource clock,
      Registries registries,
      CallOuts callOuts) {
    IncidentSettings settings =
        new IncidentSettings(
            ResponseSettings.DEFAULT,
            ChannelNetwork.rules(config),
            config.publicUrl().orElse(""),
            (provider, answered) -> callOuts.watched("provider-" + provider).ended(answered));
    return new IncidentRole(
        journal, settings, evidence, events, clock, registries.of(Role.INCIDENT));
  }

  @Produces
  @Singleton
  Incidents incidents(IncidentRole role) {
    return role.incidents();
  }

  @Produces
  @Singleton
  Channels channels(IncidentRole role) {
    return role.channels();
  }

  @Produces
  @Singleton
  Users users(IncidentRole role) {
    return role.users();
  }

  @Produces
  @Singleton
  Schedules schedules(IncidentRole role) {
    return role.schedules();
  }

  @Produces
  @Singleton
  Policies policies(IncidentRole role) {
    return role.policies();
  }

  @Produces
  @Singleton
  Postmortems postmortems(IncidentRole role) {
    return role.postmortems();
  }
}
