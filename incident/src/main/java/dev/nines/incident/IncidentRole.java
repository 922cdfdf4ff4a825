// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident;

import dev.nines.alerts.AlertGroupEvent;
import dev.nines.channels.Destination;
import dev.nines.channels.Sender;
import dev.nines.incident.oncall.Changes;
import dev.nines.incident.oncall.Policies;
import dev.nines.incident.oncall.Schedules;
import dev.nines.incident.oncall.Users;
import dev.nines.incident.paging.ChangeRelay;
import dev.nines.incident.paging.Channel;
import dev.nines.incident.paging.Channels;
import dev.nines.incident.paging.PageOrder;
import dev.nines.incident.paging.PageOrders;
import dev.nines.incident.paging.Pager;
import dev.nines.incident.paging.PagingMetrics;
import dev.nines.incident.postmortem.Evidence;
import dev.nines.incident.postmortem.Postmortems;
import dev.nines.incident.response.Chronicle;
import dev.nines.incident.response.Escalation;
import dev.nines.incident.response.Incidents;
import dev.nines.incident.response.Intake;
import dev.nines.incident.response.LaterContact;
import dev.nines.incident.response.ResponseSettings;
import dev.nines.incident.suspect.Suspects;
import dev.nines.journal.AuditTrail;
import dev.nines.journal.Journal;
import dev.nines.journal.Migrations;
import dev.nines.journal.Outbox;
import dev.nines.journal.OutboxDrain;
import dev.nines.journal.OutboxDrain.Settings;
import dev.nines.objectives.ChangeEvent;
import io.prometheus.client.CollectorRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** The whole role, wired: one drain for each lane, of pages one for each kind of provider. */
public final class IncidentRole implements AutoCloseable {

  private static final Duration OFTEN = Duration.ofMillis(250);

  /** More than a page's 5 s and the patience with PostgreSQL; how long a dead node delays. */
  private static final Duration LEASE = Duration.ofSeconds(15);

  /** Work within PostgreSQL alone: its audit rows wait for each other anyway. */
  private static final int LOCAL = 4;

  /** Pages that one channel takes at a time. */
  private static final int PER_CHANNEL = 4;

  private static final Duration POSTMORTEM_LEASE = Duration.ofMinutes(2);

  private final Journal journal;
  private final Incidents incidents;
  private final Channels channels;
  private final Postmortems postmortems;
  private final Users users;
  private final Schedules schedules;
  private final Policies policies;
  private final List<OutboxDrain> drains;

  public IncidentRole(
      Journal journal,
      IncidentSettings settings,
      Evidence evidence,
      EventPublisher publisher,
      InstantSource clock,
      CollectorRegistry registry) {
    this.journal = journal;
    Outbox outbox = new Outbox();
    AuditTrail audit = new AuditTrail();
    PagingMetrics metrics = new PagingMetrics(registry);
    PageOrders orders = new PageOrders(outbox);
    Chronicle chronicle = new Chronicle(outbox, audit);
    ResponseSettings response = settings.response();
    Changes changes = new Changes(journal, audit);
    users = new Users(journal, changes);
    schedules = new Schedules(journal, changes);
    policies = new Policies(journal, changes);
    incidents = new Incidents(journal, outbox, orders, chronicle, metrics, response);
    channels = new Channels(journal, audit, settings.network());
    postmortems = new Postmortems(journal, audit, evidence);
    Sender sender = new Sender(settings.network(), clock, settings.providers());
    Pager pager =
        new Pager(
            journal,
            sender,
            orders,
            chronicle,
            metrics,
            clock,
            settings.publicUrl(),
            response.loops());
    ChangeRelay relay = new ChangeRelay(journal, outbox, sender);
    Stream<OutboxDrain> pages =
        Destination.types().stream().map(type -> new OutboxDrain(journal, provider(type), pager));
    Stream<OutboxDrain> others =
        Stream.of(
            new OutboxDrain(
                journal,
                settings(AlertGroupEvent.LANE).withParallel(LOCAL),
                new Intake(journal, incidents, chronicle, response)),
            new OutboxDrain(
                journal,
                settings(Incidents.ESCALATION).withParallel(LOCAL),
                new Escalation(journal, incidents, chronicle)),
            new OutboxDrain(
                journal,
                settings(PageOrders.CONTACT).withParallel(LOCAL),
                new LaterContact(journal, orders)),
            new OutboxDrain(
                journal,
                Settings.of(Incidents.POSTMORTEM).withLease(POSTMORTEM_LEASE).withParallel(2),
                postmortems),
            new OutboxDrain(
                journal,
                Settings.of(Incidents.SUSPECT).withLease(POSTMORTEM_LEASE).withParallel(2),
                new Suspects(journal, evidence, orders, chronicle, response.adviseAfter())),
            new OutboxDrain(
                journal, Settings.of(ChangeEvent.LANE).withParallel(LOCAL), relay::spread),
            new OutboxDrain(
                journal, Settings.of(ChangeRelay.LANE).withDestinations("", PER_CHANNEL), relay),
            new OutboxDrain(
                journal, Settings.of(Chronicle.PROJECTION), new ProjectionRelay(publisher)));
    drains = Stream.concat(pages, others).toList();
  }

  /** Creates or upgrades the role's tables. */
  public IncidentRole migrate() {
    Migrations.run(journal.dataSource(), "classpath:db/incident", "incident_migrations");
    return this;
  }

  public IncidentRole start() {
    drains.forEach(OutboxDrain::start);
    return this;
  }

  /**
   * @throws IllegalStateException when a drain does not run
   */
  public void check() {
    drains.forEach(OutboxDrain::check);
  }

  @Override
  public void close() {
    drains.forEach(OutboxDrain::close);
  }

  public Incidents incidents() {
    return incidents;
  }

  public Channels channels() {
    return channels;
  }

  public Users users() {
    return users;
  }

  public Schedules schedules() {
    return schedules;
  }

  public Policies policies() {
    return policies;
  }

  public Postmortems postmortems() {
    return postmortems;
  }

  /** Pages of one provider: slots of its own, of which one channel can't take all. */
  private static Settings provider(String type) {
    return settings(PageOrder.LANE).withDestinations(Channel.beginning(type), PER_CHANNEL);
  }

  private static Settings settings(String lane) {
    return Settings.of(lane).withPoll(OFTEN).withLease(LEASE);
  }
}
