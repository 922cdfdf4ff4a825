// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks.page;

import dev.nines.benchmarks.BenchFailedException;
import dev.nines.benchmarks.Scratch;
import dev.nines.benchmarks.Teller;
import dev.nines.demo.Patience;
import dev.nines.demo.stage.Installation;
import dev.nines.demo.stage.Platform;
import dev.nines.demo.stage.Provider;
import dev.nines.demo.stage.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** {@code ./nines up} with so many SLOs, of which some burn, one after the other. */
final class NinesPages {

  private static final String SECRET = "the benchmark's webhook secret, 32 bytes at least";
  private static final Duration CAUGHT_UP_WITHIN = Duration.ofMinutes(30);
  private static final Duration LEFT_WITHIN = Duration.ofMinutes(2);
  private static final Duration PAGED_WITHIN = Duration.ofMinutes(3);
  private static final String TENANT = "bench-";

  private final Installation nines;
  private final Schedule schedule;
  private final Teller teller;
  private final InstantSource clock;

  NinesPages(Path home, Schedule schedule, Teller teller, InstantSource clock) {
    this.nines = new Installation(home);
    this.schedule = schedule;
    this.teller = teller;
    this.clock = clock;
  }

  /**
   * @param slos loaded, each with traffic
   * @param failing of them fail, a second apart
   */
  PageResult run(int slos, int failing) {
    Path folder = Scratch.make();
    int tenants = Math.ceilDiv(slos, Tenant.SERVICES_MAX);
    List<String> settings = List.of("nines.channels.loopback-tenants=" + names(tenants));
    List<Long> pids = new ArrayList<>();
    try (Provider provider = new Provider(SECRET, page -> {});
        Platform platform = Platform.start(nines, folder, settings)) {
      pids.addAll(platform.pids().values());
      return run(platform, provider, slos, failing);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      Patience.until(LEFT_WITHIN, () -> pids.stream().noneMatch(NinesPages::lives));
      Scratch.delete(folder);
    }
  }

  private static boolean lives(long pid) {
    return ProcessHandle.of(pid).isPresent();
  }

  private static String names(int tenants) {
    return IntStream.range(0, tenants)
        .mapToObj(number -> TENANT + number)
        .collect(Collectors.joining(","));
  }

  private PageResult run(Platform platform, Provider provider, int slos, int failing)
      throws IOException {
    Instant since = schedule.historyFrom(clock.instant());
    List<Service> services = schedule.services(0, slos, failing);
    List<Tenant> tenants = enrol(platform, provider, services, since);
    List<Service> burning = services.subList(0, failing);
    try (Clients clients = Clients.start(tenants, clock)) {
      awaitHistory(clients, new Store(platform.store()), tenants, burning);
      Cpu cpu = new Cpu(platform.pids().values());
      teller.say("    history is counted and stored; %s", schedule.cleanWords());
      schedule.wake(services, clock.millis());
      schedule.fail(burning, clock.millis());
      Duration limit = schedule.lasts(failing).plus(PAGED_WITHIN);
      Patience.until(limit, () -> clients.all() && PageResult.paged(provider) >= failing);
      teller.say("    all its processes used %s", cpu);
    }
    tenants.forEach(Tenant::close);
    return PageResult.of(provider, tenants, burning, since.toEpochMilli());
  }

  /** Those that fail are spread over the tenants. */
  private List<Tenant> enrol(
      Platform platform, Provider provider, List<Service> services, Instant since)
      throws IOException {
    int count = Math.ceilDiv(services.size(), Tenant.SERVICES_MAX);
    Enrolment enrolment = new Enrolment(platform, provider.url(), SECRET, clock);
    List<Tenant> tenants = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      int rest = number;
      List<Service> own =
          IntStream.range(0, services.size())
              .filter(i -> i % count == rest)
              .mapToObj(services::get)
              .toList();
      tenants.add(enrolment.enrol(TENANT + number, own, since));
    }
    return tenants;
  }

  private static void awaitHistory(
      Clients clients, Store store, List<Tenant> tenants, List<Service> burning) {
    for (Tenant tenant : tenants) {
      await("the history of " + tenant.name(), () -> clients.all() && tenant.stored(store));
      for (Service service : burning) {
        if (tenant.services().contains(service)) {
          await("the budget of " + service.slo(), () -> tenant.counted(service));
        }
      }
    }
  }

  private static void await(String what, Patience.Condition complete) {
    if (!Patience.until(CAUGHT_UP_WITHIN, complete)) {
      throw new BenchFailedException(what + " is not complete");
    }
  }
}
