// SPDX-License-Identifier: Apache-2.0
package dev.nines.channels;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkRulesTest {

  private static final int PORT = 443;

  @ParameterizedTest
  @ValueSource(
      strings = {"8.8.8.8", "100.63.255.255", "172.32.0.1", "2600:1f18::1", "2002:808:808::"})
  void publicAddressesAreOpen(String address) {
    assertThat(refused(NetworkRules.PUBLIC, address)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "198.18.0.1",
        "240.0.0.1",
        "fd12::1",
        "fec0::1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::"
      })
  void privateNetworksAreClosedUnlessASettingOpensThem(String address) {
    NetworkRules open = new NetworkRules(Set.of(), true, Set.of());
    assertThat(refused(NetworkRules.PUBLIC, address)).isTrue();
    assertThat(refused(open, address)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "168.63.129.16",
        "100.100.100.200",
        "fd00:ec2::254",
        "fe80::1",
        "0.0.0.0",
        "0.1.2.3",
        "::",
        "224.0.0.1",
        "ff02::1",
        "64:ff9b::a9fe:a9fe"
      })
  void cloudsInnardsAreClosedForEver(String address) {
    assertThat(refused(new NetworkRules(Set.of("t"), true, Set.of()), address)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"})
  void loopbackIsForNamedTenants(String address) {
    NetworkRules rules = new NetworkRules(Set.of("t"), false, Set.of(9000));
    assertThat(refused(rules, address)).isFalse();
    assertThat(rules.gate("other").refusal(InetAddress.ofLiteral(address), PORT)).isPresent();
    assertThat(rules.gate("t").refusal(InetAddress.ofLiteral(address), 9000)).isPresent();
  }

  @Test
  void ownPortsAreClosedInPrivateNetworksTooButNotInPublic() {
    NetworkRules rules = new NetworkRules(Set.of(), true, Set.of(8123));
    assertThat(rules.gate("t").refusal(InetAddress.ofLiteral("10.0.0.1"), 8123)).isPresent();
    assertThat(rules.gate("t").refusal(InetAddress.ofLiteral("8.8.8.8"), 8123)).isEmpty();
  }

  private static boolean refused(NetworkRules rules, String address) {
    return rules.gate("t").refusal(InetAddress.ofLiteral(address), PORT).isPresent();
  }
}
