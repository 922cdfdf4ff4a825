// SPDX-License-Identifier: Apache-2.0
package dev.nines.server;

import dev.nines.channels.NetworkRules;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** The rules for channels, from the configuration: our own stores and ports are no provider. */
final class ChannelNetwork {

  private static final Pattern PORT = Pattern.compile(":(\\d{1,5})(?!\\d)");

  private ChannelNetwork() {}

  static NetworkRules rules(NinesConfig config) {
    return new NetworkRules(
        Set.copyOf(config.channels().loopbackTenants().orElse(List.of())),
        config.channels().privateNetworks(),
        ownPorts(config));
  }

  private static Set<Integer> ownPorts(NinesConfig config) {
    Set<Integer> ports = new HashSet<>();
    Stream.of(
            config.kafka().bootstrapServers(),
            config.clickhouse().url().toString(),
            config.clickhouse().readOnlyUrl().map(URI::toString).orElse(""),
            config.postgres().url().orElse(""),
            String.join(",", config.collectors().orElse(List.of())))
        .flatMap(addresses -> PORT.matcher(addresses).results())
        .forEach(found -> ports.add(Integer.parseInt(found.group(1))));
    Config server = ConfigProvider.getConfig();
    server.getOptionalValue("quarkus.http.port", Integer.class).ifPresent(ports::add);
    return Set.copyOf(ports);
  }
}
