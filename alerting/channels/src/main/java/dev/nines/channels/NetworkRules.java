// SPDX-License-Identifier: Apache-2.0
package dev.nines.channels;

import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;

/**
 * Where channels may lead. A tenant's administrator chooses the address, so that without rules a
 * page could be posted to whatever this process can reach.
 *
 * @param loopbackTenants whose channels may lead to this very machine
 * @param privateNetworks whether channels may lead into private networks
 * @param ownPorts of the stores and of this process: no channel leads there, except in public
 */
public record NetworkRules(
    Set<String> loopbackTenants, boolean privateNetworks, Set<Integer> ownPorts) {

  /** The public network only. */
  public static final NetworkRules PUBLIC = new NetworkRules(Set.of(), false, Set.of());

  /** The rules for one tenant's channels. */
  public Gate gate(String tenant) {
    return new Gate(loopbackTenants.contains(tenant), privateNetworks, ownPorts);
  }

  /** What one tenant may reach. */
  public record Gate(boolean loopback, boolean privateNetworks, Set<Integer> ownPorts) {

    /** Why this address is refused; empty when it is not. */
    public Optional<String> refusal(InetAddress address, int port) {
      AddressRange range = AddressRange.of(address);
      if (range != AddressRange.PUBLIC && ownPorts.contains(port)) {
        return Optional.of("port %d here is one of Nines' own".formatted(port));
      }
      return switch (range) {
        case PUBLIC -> Optional.empty();
        case NEVER -> Optional.of("%s is no place for pages".formatted(address.getHostAddress()));
        case LOOPBACK ->
            loopback ? Optional.empty() : Optional.of("loopback is not open to this tenant");
        case PRIVATE ->
            privateNetworks
                ? Optional.empty()
                : Optional.of(
                    "%s is private; nines.channels.private-networks opens it"
                        .formatted(address.getHostAddress()));
      };
    }
  }
}
