// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.role;

import dev.nines.prober.Prober;
import dev.nines.prober.ProberConfig;
import dev.nines.prober.definition.ProbeFiles;
import dev.nines.server.ActiveRoles;
import dev.nines.server.NinesConfig;
import dev.nines.server.Part;
import dev.nines.server.Registries;
import dev.nines.server.Role;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Role prober: it needs its files and the region's collector, and no store. What is wrong with them
 * ends a process that plays nothing else; beside other roles they go on, and it probes nothing: a
 * mistake in a file of probes must not take a region's collector along.
 */
@Singleton
public final class ProberPart implements Part {

  private static final Logger LOG = LoggerFactory.getLogger(ProberPart.class);

  private final @Nullable Prober prober;
  private final String refusal;

  /**
   * @throws IllegalArgumentException with every mistake, when the process has no other role
   */
  public ProberPart(
      NinesConfig config, ActiveRoles roles, Registries registries, InstantSource clock) {
    @Nullable Prober made = null;
    String why = "";
    try {
      made = prober(config, registries, clock);
    } catch (IllegalArgumentException e) {
      if (roles.only(Role.PROBER)) {
        throw e;
      }
      LOG.error("no probes run: {}", e.getMessage());
      why = "runs no probes: " + e.getMessage();
    }
    prober = made;
    refusal = why;
  }

  private static Prober prober(NinesConfig config, Registries registries, InstantSource clock) {
    List<Path> files =
        config
            .probes()
            .orElseThrow(
                () -> new IllegalArgumentException("role prober: nines.probes names no file"));
    return new Prober(
        settings(config),
        ProbeFiles.require(files),
        registries.of(Role.PROBER),
        clock,
        System::nanoTime);
  }

  /** What is absent is that of the first collector of this process. */
  private static ProberConfig settings(NinesConfig config) {
    Optional<CollectorSpec> own =
        CollectorSpec.parse(config.collectors().orElse(List.of())).stream().findFirst();
    String region =
        config
            .prober()
            .region()
            .or(() -> own.map(CollectorSpec::region))
            .orElseThrow(() -> missing("region"));
    URI collector =
        config
            .prober()
            .collector()
            .or(() -> own.map(spec -> address(config.collectorHost(), spec.httpPort())))
            .orElseThrow(() -> missing("collector"));
    return ProberConfig.of(
        region,
        config.instance(),
        collector,
        config.prober().tokenFile().map(ProberPart::token),
        config.prober().concurrency());
  }

  private static IllegalArgumentException missing(String setting) {
    return new IllegalArgumentException(
        "role prober: nines.prober." + setting + " is not set, and this process has no collector");
  }

  private static URI address(String host, int port) {
    boolean everywhere = host.equals("0.0.0.0") || host.equals("::");
    return URI.create("http://" + (everywhere ? "127.0.0.1" : host) + ":" + port);
  }

  private static String token(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new IllegalArgumentException("role prober: nines.prober.token-file: " + e, e);
    }
  }

  @Override
  public String name() {
    return "prober";
  }

  @Override
  public void start() {
    if (prober != null) {
      prober.start();
    }
  }

  @Override
  public Optional<String> check() {
    return prober == null ? Optional.empty() : prober.check();
  }

  @Override
  public Optional<String> note() {
    return prober == null ? Optional.of(refusal) : prober.trouble();
  }

  @Override
  public void close() {
    if (prober != null) {
      prober.close();
    }
  }
}
