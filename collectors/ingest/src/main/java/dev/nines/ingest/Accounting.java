// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nines.telemetry.AccountingEntry;
import dev.nines.telemetry.AccountingEntry.Heading;
import dev.nines.telemetry.Signal;
import dev.nines.transport.JsonSerde;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Future;

/**
 * Counts items under the headings of ingest and writes them as increments. An entry whose write
 * failed is sent again under its own number, and until it is through, counts gather in memory; a
 * crash loses what was not written.
 */
final class Accounting {

  private static final JsonSerde<AccountingEntry> JSON = new JsonSerde<>(AccountingEntry.class);

  private final CollectorConfig config;
  private final RegionLog log;
  private final InstantSource clock;
  private final Map<AccountingEntry, Future<?>> unacknowledged = new LinkedHashMap<>();
  private Map<Account, Long> counts = new HashMap<>();
  private long seq;

  private record Account(String tenant, Signal signal, Heading heading, String reason) {}

  Accounting(CollectorConfig config, RegionLog log, InstantSource clock) {
    this.config = config;
    this.log = log;
    this.clock = clock;
  }

  synchronized void add(String tenant, Signal signal, Heading heading, String reason, long items) {
    if (items > 0) {
      counts.merge(new Account(tenant, signal, heading, reason), items, Long::sum);
    }
  }

  /** Called once a second, by one thread; may block on a full producer. */
  void flush() {
    unacknowledged.values().removeIf(sent -> sent.state() == Future.State.SUCCESS);
    unacknowledged.replaceAll((entry, sent) -> sent.isDone() ? send(entry) : sent);
    if (unacknowledged.isEmpty()) {
      Instant now = clock.instant();
      take().forEach((account, items) -> write(account, items, now));
    }
  }

  private synchronized Map<Account, Long> take() {
    Map<Account, Long> taken = counts;
    counts = new HashMap<>();
    return taken;
  }

  private void write(Account account, long items, Instant at) {
    AccountingEntry entry =
        new AccountingEntry(
            account.tenant,
            config.region(),
            account.signal.word(),
            account.heading,
            account.reason,
            items,
            config.task(),
            ++seq,
            at);
    unacknowledged.put(entry, send(entry));
  }

  private Future<?> send(AccountingEntry entry) {
    byte[] key = (entry.tenant() + "|" + entry.region()).getBytes(UTF_8);
    return log.sendAccounting(key, JSON.write(entry));
  }
}
