// SPDX-License-Identifier: Apache-2.0
package dev.nines.channels;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** What kind of address it is, after the special-purpose registries of RFC 6890. */
enum AddressRange {
  PUBLIC,
  PRIVATE,
  LOOPBACK,
  /** Link-local, multicast, unspecified, and where clouds hand out credentials. */
  NEVER;

  /** Azure's host, Alibaba's and AWS's metadata; 169.254.169.254 is link-local. */
  private static final Set<String> METADATA =
      Set.of("168.63.129.16", "100.100.100.200", "fd00:ec2:0:0:0:0:0:254");

  /** Networks that are not routed in public and that {@link InetAddress} does not know. */
  private static final List<Network> NOT_ROUTED =
      List.of(
          new Network(new int[] {100, 64}, 10),
          new Network(new int[] {192, 0, 0}, 24),
          new Network(new int[] {192, 0, 2}, 24),
          new Network(new int[] {198, 18}, 15),
          new Network(new int[] {198, 51, 100}, 24),
          new Network(new int[] {203, 0, 113}, 24),
          new Network(new int[] {240}, 4),
          new Network(new int[] {0xfc}, 7));

  private static final Network THIS = new Network(new int[] {0}, 8);
  private static final Network NAT64 = new Network(new int[] {0, 0x64, 0xff, 0x9b}, 96);
  private static final Network SIX_TO_FOUR = new Network(new int[] {0x20, 0x02}, 16);
  private static final Network COMPATIBLE = new Network(new int[] {0}, 96);

  static AddressRange of(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (address.isLoopbackAddress()) {
      return LOOPBACK;
    }
    if (address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isMulticastAddress()
        || METADATA.contains(address.getHostAddress())) {
      return NEVER;
    }
    if (address instanceof Inet4Address) {
      return four(address, bytes);
    }
    if (NAT64.holds(bytes) || COMPATIBLE.holds(bytes)) {
      return embedded(bytes, 12);
    }
    if (SIX_TO_FOUR.holds(bytes)) {
      return embedded(bytes, 2);
    }
    return address.isSiteLocalAddress() || notRouted(bytes) ? PRIVATE : PUBLIC;
  }

  private static AddressRange four(InetAddress address, byte[] bytes) {
    if (THIS.holds(bytes)) {
      return NEVER;
    }
    return address.isSiteLocalAddress() || notRouted(bytes) ? PRIVATE : PUBLIC;
  }

  /** An IPv6 address that leads to an IPv4 one. */
  private static AddressRange embedded(byte[] bytes, int from) {
    try {
      return of(InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4)));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }

  private static boolean notRouted(byte[] bytes) {
    return NOT_ROUTED.stream().anyMatch(network -> network.holds(bytes));
  }

  /**
   * @param start its first bytes, zeros follow; of 4 bytes, or of 16 when it is IPv6 alone
   */
  private record Network(int[] start, int bits) {

    boolean holds(byte[] address) {
      boolean six = bits > 32 || start[0] == 0x20 || start[0] == 0xfc;
      if (six != (address.length == 16)) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mine = bit / 8 < start.length ? start[bit / 8] : 0;
        if (((mine ^ address[bit / 8]) >> (7 - bit % 8) & 1) != 0) {
          return false;
        }
      }
      return true;
    }
  }
}
