// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Gauge;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells when items are missing, or there twice, for longer than 60 s. What is only late, because a
 * sink lags, is not a residual: the lag is an alarm of its own.
 */
public final class ResidualWatch {

  /** How long a difference must last; younger ones are entries and rows that cross each other. */
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  /** From the first look until one that lasted must have been seen. */
  private static final Duration SETTLED = PATIENCE.plusSeconds(30);

  private static final Duration WINDOW = Duration.ofHours(2);

  /** Port: who is told. */
  public interface Listener {
    /** A residual has lasted; called once for each. */
    void raised(Residual residual);

    /** It is gone. */
    void cleared(Residual residual);
  }

  /** A difference of one account that is there since {@code since}. */
  public record Residual(String tenant, String region, String signal, long items, Instant since) {}

  private record Key(String tenant, String region, String signal) {}

  private final Accounting accounting;
  private final Set<String> sampled;
  private final Listener listener;
  private final InstantSource clock;
  private final Gauge items;
  private final Map<Key, Instant> since = new HashMap<>();
  private final Map<Key, Residual> raised = new HashMap<>();
  private volatile @Nullable Instant first;
  private volatile List<Residual> lasting = List.of();

  /**
   * @param sampled tenants whose spans may wait for the sampler
   */
  public ResidualWatch(
      Accounting accounting,
      Set<String> sampled,
      Listener listener,
      CollectorRegistry registry,
      InstantSource clock) {
    this.sampled = Set.copyOf(sampled);
    this.accounting = accounting;
    this.listener = listener;
    this.clock = clock;
    this.items =
        Gauge.build("nines_accounting_residual_items", "Items of residuals that last.")
            .register(registry);
  }

  /** Residuals that have lasted, as of the last look. */
  public List<Residual> check() {
    return lasting;
  }

  /** As {@link #check}; empty while a residual of an earlier process may not have lasted yet. */
  public Optional<List<Residual>> known() {
    Instant began = first;
    return began != null && Duration.between(began, clock.instant()).compareTo(SETTLED) >= 0
        ? Optional.of(lasting)
        : Optional.empty();
  }

  /**
   * Looks once; the role calls it every few seconds from one thread.
   *
   * @param lag records not yet stored by any sink
   * @param undecided records that the sampler still has before it: what of a sampled tenant is on
   *     its way may be there
   */
  public void look(long lag, long undecided) {
    Instant now = clock.instant();
    if (first == null) {
      first = now;
    }
    Map<Key, Long> differences = new HashMap<>();
    for (Account account : accounting.readAll(now.minus(WINDOW))) {
      boolean waits = sampled.contains(account.tenant()) || account.sampledOut() > 0;
      long difference = difference(account, waits ? lag + undecided : lag);
      if (difference != 0) {
        differences.put(new Key(account.tenant(), account.region(), account.signal()), difference);
      }
    }
    clear(differences);
    differences.forEach((key, difference) -> raise(key, difference, now));
    lasting = raised.values().stream().sorted(Comparator.comparing(Residual::toString)).toList();
    items.set(lasting.stream().mapToLong(residual -> Math.abs(residual.items())).sum());
  }

  private static long difference(Account account, long lag) {
    long missing = lag == 0 ? account.inFlight() : 0;
    return account.residual() + account.duplicates() + missing;
  }

  private void raise(Key key, long difference, Instant now) {
    Instant start = since.computeIfAbsent(key, unseen -> now);
    if (Duration.between(start, now).compareTo(PATIENCE) >= 0) {
      Residual residual = new Residual(key.tenant(), key.region(), key.signal(), difference, start);
      if (raised.put(key, residual) == null) {
        listener.raised(residual);
      }
    }
  }

  private void clear(Map<Key, Long> differences) {
    since.keySet().retainAll(differences.keySet());
    List<Key> gone = new ArrayList<>(raised.keySet());
    gone.removeAll(differences.keySet());
    for (Key key : gone) {
      Residual residual = raised.remove(key);
      if (residual != null) {
        listener.cleared(residual);
      }
    }
  }
}
