// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.paging;

import dev.nines.channels.Destination;
import dev.nines.channels.DestinationForm;
import dev.nines.channels.DestinationForm.Parsed;
import dev.nines.channels.NetworkRules;
import dev.nines.journal.AuditTrail;
import dev.nines.journal.Journal;
import dev.nines.journal.Json;
import dev.nines.journal.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The channels of all tenants; each change has its audit row, without the secret. */
public final class Channels {

  /** Of one tenant; each is a page in each loop. */
  private static final int MAX = 200;

  private final Journal journal;
  private final AuditTrail audit;
  private final NetworkRules rules;

  public Channels(Journal journal, AuditTrail audit, NetworkRules rules) {
    this.journal = journal;
    this.audit = audit;
    this.rules = rules;
  }

  /** What came of a change. */
  public sealed interface Put {
    /** Created or replaced. */
    record Done(Channel channel) implements Put {}

    /** Each a field and its rule; nothing was changed. */
    record Refused(List<String> problems) implements Put {}
  }

  /**
   * Creates or replaces.
   *
   * @param json the destination, as {@link DestinationForm} reads it
   */
  public Put put(String tenant, String name, String json, String who) {
    Optional<String> problem = Channel.problem(name);
    if (problem.isPresent()) {
      return new Put.Refused(List.of(problem.get()));
    }
    return switch (DestinationForm.read(json, rules.gate(tenant))) {
      case Parsed.Invalid(List<String> problems) -> new Put.Refused(problems);
      case Parsed.Valid(Destination destination) ->
          journal.transact(tx -> put(tx, new Channel(tenant, name, destination), who));
    };
  }

  /** False when there was none. */
  public boolean delete(String tenant, String name, String who) {
    return journal.transact(
        tx -> {
          boolean deleted = ChannelRows.delete(tx, tenant, name);
          if (deleted) {
            audit(tx, tenant, who, "channel.delete", name, Map.of());
          }
          return deleted;
        });
  }

  public List<Channel> list(String tenant) {
    return journal.transact(tx -> ChannelRows.list(tx, tenant));
  }

  private Put put(Connection tx, Channel channel, String who) throws SQLException {
    boolean more = ChannelRows.find(tx, channel.tenant(), channel.name()).isEmpty();
    if (more && ChannelRows.count(tx, channel.tenant()) >= MAX) {
      return new Put.Refused(List.of("name: a tenant has at most %d channels".formatted(MAX)));
    }
    ChannelRows.put(tx, channel);
    Map<String, String> shown = new TreeMap<>(DestinationForm.shown(channel.destination()));
    shown.put("type", channel.destination().type());
    audit(tx, channel.tenant(), who, "channel.put", channel.name(), shown);
    return new Put.Done(channel);
  }

  private void audit(
      Connection tx,
      String tenant,
      String who,
      String action,
      String name,
      Map<String, String> detail)
      throws SQLException {
    audit.append(
        tx,
        new AuditTrail.Entry(
            tenant, who, action, "channel/" + name, Json.write(detail), Sql.now(tx)));
  }
}
