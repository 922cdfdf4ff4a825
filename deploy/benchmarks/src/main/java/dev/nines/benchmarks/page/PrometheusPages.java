// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks.page;

import dev.nines.benchmarks.Scratch;
import dev.nines.benchmarks.Teller;
import dev.nines.demo.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Prometheus and Alertmanager with the rules that Sloth generates, in the settings of {@link
 * Setting}: many SLOs in one installation, or one SLO in each of several, which run side by side.
 */
final class PrometheusPages implements AutoCloseable {

  private static final Duration PAGED_WITHIN = Duration.ofMinutes(5);

  private final Programs programs;
  private final Schedule schedule;
  private final Teller teller;
  private final InstantSource clock;
  private final Path folder = Scratch.make();
  private final AlertWebhook webhook;
  private final List<Site> sites = new ArrayList<>();
  private final long origin;
  private int numbers;

  PrometheusPages(Programs programs, Schedule schedule, Teller teller, InstantSource clock)
      throws IOException {
    this.programs = programs;
    this.schedule = schedule;
    this.teller = teller;
    this.clock = clock;
    this.webhook = new AlertWebhook(clock);
    this.origin = schedule.historyFrom(clock.instant()).toEpochMilli();
  }

  /** One installation with its services, of which some are to fail. */
  private record Site(
      PrometheusServer server,
      ScrapeTarget target,
      List<Service> services,
      List<Service> burning) {}

  /** With history, running. */
  void add(Setting setting, int slos, int failing) throws IOException {
    List<Service> services = schedule.services(numbers, slos, failing);
    numbers += slos;
    Path own = folder.resolve("site-" + sites.size());
    Exposition exposition = new Exposition(origin);
    new History(programs.promtool())
        .fill(own, exposition, services, setting, origin, clock.millis());
    ScrapeTarget target = new ScrapeTarget(exposition, services, clock);
    PrometheusServer server =
        PrometheusServer.start(programs, setting, own, services, target.address(), webhook.url());
    sites.add(new Site(server, target, services, services.subList(0, failing)));
  }

  /** A clean stretch, then the outages of all at once. */
  Map<Setting, Overheads> run() {
    List<Service> burning = sites.stream().flatMap(site -> site.burning().stream()).toList();
    sites.forEach(site -> schedule.wake(site.services(), clock.millis()));
    sites.forEach(site -> schedule.fail(site.burning(), clock.millis()));
    int most = sites.stream().mapToInt(site -> site.burning().size()).max().orElse(0);
    Patience.until(schedule.clean(), () -> false);
    Map<Setting, RuleHealth> before = rules();
    Map<Setting, Cpu> cpu = cpu();
    Patience.until(
        schedule.lasts(most).minus(schedule.clean()).plus(PAGED_WITHIN),
        () -> webhook.received().size() >= burning.size());
    Map<Setting, RuleHealth> after = rules();
    after.forEach(
        (setting, rules) ->
            teller.say(
                "    %s: %s; %s",
                setting.subject(),
                rules.since(before.getOrDefault(setting, rules)),
                Objects.requireNonNull(cpu.get(setting))));
    return overheads();
  }

  private Map<Setting, RuleHealth> rules() {
    Map<Setting, RuleHealth> rules = new EnumMap<>(Setting.class);
    sites.forEach(
        site -> rules.merge(site.server().setting(), site.server().rules(), RuleHealth::plus));
    return rules;
  }

  private Map<Setting, Cpu> cpu() {
    Map<Setting, List<Long>> pids = new EnumMap<>(Setting.class);
    sites.forEach(
        site ->
            pids.computeIfAbsent(site.server().setting(), setting -> new ArrayList<>())
                .addAll(site.server().pids()));
    Map<Setting, Cpu> cpu = new EnumMap<>(Setting.class);
    pids.forEach((setting, all) -> cpu.put(setting, new Cpu(all)));
    return cpu;
  }

  private Map<Setting, Overheads> overheads() {
    Map<Setting, Overheads> overheads = new EnumMap<>(Setting.class);
    Map<String, Long> received = webhook.received();
    Earliest earliest = new Earliest(origin);
    for (Site site : sites) {
      List<Long> late = new ArrayList<>();
      for (Service service : site.burning()) {
        Long at = received.get(SlothRules.id(service));
        OptionalLong due = earliest.byEvents(service, clock.millis());
        if (at != null && due.isPresent()) {
          late.add(at - due.getAsLong());
        }
      }
      Overheads own = new Overheads(late, site.burning().size() - late.size());
      overheads.merge(site.server().setting(), own, Overheads::plus);
    }
    return overheads;
  }

  @Override
  public void close() {
    for (Site site : sites) {
      site.server().close();
      site.target().close();
    }
    webhook.close();
    Scratch.delete(folder);
  }

  /** Starts, runs and ends one or several installations of a setting. */
  static Map<Setting, Overheads> run(
      Programs programs, Schedule schedule, Teller teller, InstantSource clock, Round round) {
    try (PrometheusPages pages = new PrometheusPages(programs, schedule, teller, clock)) {
      for (Setting setting : round.settings()) {
        for (int i = 0; i < round.installations(); i++) {
          pages.add(setting, round.slos(), round.failing());
        }
      }
      return pages.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What runs at the same time.
   *
   * @param installations of each setting
   * @param slos of each installation, of which some fail
   */
  record Round(List<Setting> settings, int installations, int slos, int failing) {}
}
