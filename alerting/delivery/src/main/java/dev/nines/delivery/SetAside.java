// SPDX-License-Identifier: Apache-2.0
package dev.nines.delivery;

import dev.nines.journal.Outbox;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Rows that a broken invariant has set aside within the last day: nothing tries them again. */
public final class SetAside implements TroubleSource {

  private static final Duration DAY = Duration.ofDays(1);

  private final Outbox outbox;

  public SetAside(Outbox outbox) {
    this.outbox = outbox;
  }

  @Override
  public String alertName() {
    return "RowsSetAside";
  }

  @Override
  public Optional<List<Trouble>> troubles(Connection tx) throws SQLException {
    Map<String, Instant> since = new TreeMap<>();
    outbox.setAside(tx, DAY).forEach((lane, first) -> since.put("outbox " + lane, first));
    BurnOffsets.setAside(tx, DAY).ifPresent(first -> since.put("slo.burn", first));
    return Optional.of(
        since.entrySet().stream().map(e -> trouble(e.getKey(), e.getValue())).toList());
  }

  private Trouble trouble(String part, Instant since) {
    return new Trouble(alertName(), part, since, "Nines set rows of " + part + " aside");
  }
}
