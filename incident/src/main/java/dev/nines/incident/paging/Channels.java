// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.paging;

import dev.nines.journal.AuditTrail;
import dev.nines.journal.Journal;
import dev.nines.journal.Json;
import dev.nines.journal.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The channels of all tenants; each change has its audit row, without the secret. */
public final class Channels {

  private final Journal journal;
  private final AuditTrail audit;

  public Channels(Journal journal, AuditTrail audit) {
    this.journal = journal;
    this.audit = audit;
  }

  /** Creates or replaces; what is wrong with it otherwise. */
  public Optional<String> put(Channel channel, String who) {
    Optional<String> problem = channel.problem();
    if (problem.isEmpty()) {
      journal.transact(
          tx -> {
            ChannelRows.put(tx, channel);
            audit(tx, channel.tenant(), who, "channel.put", channel.name(), channel.url());
            return channel;
          });
    }
    return problem;
  }

  /** False when there was none. */
  public boolean delete(String tenant, String name, String who) {
    return journal.transact(
        tx -> {
          boolean deleted = ChannelRows.delete(tx, tenant, name);
          if (deleted) {
            audit(tx, tenant, who, "channel.delete", name, "");
          }
          return deleted;
        });
  }

  public List<Channel> list(String tenant) {
    return journal.transact(tx -> ChannelRows.list(tx, tenant));
  }

  private void audit(
      Connection tx, String tenant, String who, String action, String name, String url)
      throws SQLException {
    String detail = Json.write(Map.of("url", url));
    audit.append(
        tx, new AuditTrail.Entry(tenant, who, action, "channel/" + name, detail, Sql.now(tx)));
  }
}
