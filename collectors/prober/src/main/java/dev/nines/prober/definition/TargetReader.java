// SPDX-License-Identifier: Apache-2.0
package dev.nines.prober.definition;

import dev.nines.objectives.openslo.YamlMap;
import dev.nines.objectives.openslo.YamlValue;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code spec.targets}: a region each, and where the probe goes to there. */
final class TargetReader {

  private static final Set<String> HTTP = Set.of("region", "url");
  private static final Set<String> GRPC = Set.of("region", "address");
  private static final int TARGETS_MAX = 50;
  private static final int URL_MAX = 2_000;
  private static final int PORT_MAX = 65_535;

  private TargetReader() {}

  static Optional<List<Target>> list(YamlValue value, boolean grpc) {
    Optional<List<YamlValue>> items = value.list();
    if (items.isEmpty()) {
      return Optional.empty();
    }
    if (items.get().isEmpty() || items.get().size() > TARGETS_MAX) {
      value.refuse(
          "length", "has " + items.get().size() + " targets; 1 to " + TARGETS_MAX + " may be");
      return Optional.empty();
    }
    List<Target> targets = new ArrayList<>();
    Set<String> regions = new HashSet<>();
    for (YamlValue item : items.get()) {
      target(item, grpc, regions).ifPresent(targets::add);
    }
    return targets.size() == items.get().size() ? Optional.of(targets) : Optional.empty();
  }

  private static Optional<Target> target(YamlValue item, boolean grpc, Set<String> regions) {
    Optional<YamlMap> map = item.map(grpc ? GRPC : HTTP);
    if (map.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> region =
        map.get()
            .require("region")
            .flatMap(value -> value.matching(ProbeReader.LABEL, "name", ProbeReader.LABEL_RULE));
    if (region.isPresent() && !regions.add(region.get())) {
      item.refuse("duplicate", "region " + region.get() + " has a target before");
      return Optional.empty();
    }
    Optional<URI> address =
        grpc
            ? map.get().require("address").flatMap(TargetReader::server)
            : map.get().require("url").flatMap(TargetReader::url);
    return region.flatMap(name -> address.map(uri -> new Target(name, uri)));
  }

  private static Optional<URI> url(YamlValue value) {
    Optional<URI> uri = value.text(URL_MAX).flatMap(TargetReader::uri);
    boolean good =
        uri.isPresent()
            && ("http".equals(uri.get().getScheme()) || "https".equals(uri.get().getScheme()))
            && hasHost(uri.get())
            && uri.get().getRawFragment() == null;
    if (!good) {
      value.refuse("url", "must be an http or https URL with a host, without user and fragment");
      return Optional.empty();
    }
    return uri;
  }

  private static Optional<URI> server(YamlValue value) {
    Optional<URI> uri = value.text(URL_MAX).flatMap(text -> uri("grpc://" + text));
    boolean good =
        uri.isPresent()
            && hasHost(uri.get())
            && uri.get().getPort() > 0
            && uri.get().getRawPath().isEmpty()
            && uri.get().getRawQuery() == null
            && uri.get().getRawFragment() == null;
    if (!good) {
      value.refuse("address", "must be host:port");
      return Optional.empty();
    }
    return uri;
  }

  private static boolean hasHost(URI uri) {
    return uri.getHost() != null
        && uri.getRawUserInfo() == null
        && uri.getPort() != 0
        && uri.getPort() <= PORT_MAX;
  }

  private static Optional<URI> uri(String text) {
    try {
      return Optional.of(new URI(text));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
