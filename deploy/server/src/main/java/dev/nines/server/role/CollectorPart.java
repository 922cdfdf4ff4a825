// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.role;

import dev.nines.ingest.Collector;
import dev.nines.ingest.CollectorConfig;
import dev.nines.ingest.CollectorHost;
import dev.nines.ingest.DiskReserve;
import dev.nines.ingest.Grant;
import dev.nines.ingest.Guarantee;
import dev.nines.ingest.Guarantees;
import dev.nines.ingest.IngestLimits;
import dev.nines.objectives.access.Principal.Right;
import dev.nines.server.KafkaReach;
import dev.nines.server.NinesConfig;
import dev.nines.server.Part;
import dev.nines.server.Registries;
import dev.nines.server.Role;
import dev.nines.server.Stores;
import dev.nines.server.calls.KafkaWatch;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Role collector: a logical collector for each region that the configuration names. */
@Singleton
public final class CollectorPart implements Part {

  private final NinesConfig config;
  private final Stores stores;
  private final TokensPart tokens;
  private final Registries registries;
  private final InstantSource clock;
  private final KafkaReach reach;
  private final KafkaWatch watch;
  private final List<Collector> collectors = new ArrayList<>();
  private @Nullable CollectorHost host;
  private @Nullable DiskReserve disk;

  public CollectorPart(
      NinesConfig config,
      Stores stores,
      TokensPart tokens,
      Registries registries,
      InstantSource clock,
      KafkaReach reach,
      KafkaWatch watch) {
    this.reach = reach;
    this.watch = watch;
    this.config = config;
    this.stores = stores;
    this.tokens = tokens;
    this.registries = registries;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "collector";
  }

  @Override
  public void start() {
    DiskReserve reserve = reserve();
    disk = reserve;
    CollectorHost shared =
        new CollectorHost(
            stores.kafka(),
            this::grant,
            reserve,
            IngestLimits.DEFAULT,
            RedactionSettings.redactor(config),
            guarantees(),
            registries.of(Role.COLLECTOR),
            clock,
            watch);
    host = shared;
    long epoch = clock.millis();
    for (CollectorSpec spec : CollectorSpec.parse(config.collectors().orElse(List.of()))) {
      Collector collector =
          new Collector(
              new CollectorConfig(
                  spec.region(),
                  config.collectorHost(),
                  spec.grpcPort(),
                  spec.httpPort(),
                  spec.region() + "-" + config.instance(),
                  epoch,
                  config.anonymousOtlp()),
              shared);
      collector.start();
      collectors.add(collector);
    }
  }

  private Guarantees guarantees() {
    NinesConfig.Guarantee common = config.guarantee();
    Map<String, Guarantee> ofTenants =
        common.tenants().entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    each ->
                        new Guarantee(
                            each.getValue().itemsPerSecond().orElse(common.itemsPerSecond()),
                            each.getValue().bytesPerSecond().orElse(common.bytesPerSecond()))));
    return new Guarantees(
        new Guarantee(common.itemsPerSecond(), common.bytesPerSecond()), ofTenants);
  }

  private DiskReserve reserve() {
    try {
      Files.createDirectories(config.data());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new DiskReserve(config.data(), config.diskReserveBytes(), clock);
  }

  private Optional<Grant> grant(String token) {
    return tokens
        .find(token)
        .map(
            principal ->
                new Grant(
                    principal.tenant(),
                    principal.region(),
                    principal.rights().contains(Right.WRITE_TELEMETRY)));
  }

  /**
   * A full disk is no illness: clients get retryable answers, and a supervisor that started this
   * process again would take the other roles, which page, with it.
   */
  @Override
  public Optional<String> check() {
    return note().isPresent()
        ? Optional.empty()
        : collectors.stream()
            .flatMap(collector -> collector.check().stream())
            .findFirst()
            .or(reach::complaint);
  }

  @Override
  public Optional<String> note() {
    DiskReserve watched = disk;
    return watched != null && watched.reached()
        ? Optional.of("refuses telemetry: " + watched)
        : Optional.empty();
  }

  @Override
  public void close() {
    collectors.reversed().forEach(Collector::close);
    if (host != null) {
      host.close();
    }
  }
}
