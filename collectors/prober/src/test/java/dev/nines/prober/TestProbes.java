// SPDX-License-Identifier: Apache-2.0
package dev.nines.prober;

import dev.nines.prober.definition.GrpcCheck;
import dev.nines.prober.definition.HttpCheck;
import dev.nines.prober.definition.Probe;
import dev.nines.prober.definition.Target;
import dev.nines.prober.definition.TlsRules;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Probes as tests need them. */
final class TestProbes {

  private TestProbes() {}

  static Probe http(String url) {
    return http(url, Duration.ofSeconds(20), check(0, Optional.empty(), TlsRules.DEFAULT));
  }

  static Probe http(String url, Duration timeout, HttpCheck check) {
    return probe("page", timeout, check, url);
  }

  static HttpCheck check(int redirects, Optional<String> contains, TlsRules tls) {
    return new HttpCheck("GET", Map.of(), Optional.empty(), Set.of(), contains, redirects, tls);
  }

  static Probe grpc(String address, Duration timeout, GrpcCheck check) {
    return probe("health", timeout, check, "grpc://" + address);
  }

  private static Probe probe(String name, Duration timeout, Probe.Check check, String address) {
    return new Probe(
        name,
        timeout.plusSeconds(1),
        timeout,
        check,
        List.of(new Target("there", URI.create(address))));
  }

  static Route route(String name, Duration interval, String region) {
    Target target = new Target(region, URI.create("http://127.0.0.1:9/"));
    HttpCheck check = check(0, Optional.empty(), TlsRules.DEFAULT);
    return new Route(
        new Probe(name, interval, interval.dividedBy(2), check, List.of(target)), target);
  }
}
