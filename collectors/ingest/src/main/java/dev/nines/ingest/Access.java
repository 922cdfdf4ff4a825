// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides whose telemetry a request is. */
final class Access {

  private static final String BEARER = "Bearer ";
  private static final String DEFAULT_TENANT = "default";

  private final TokenLookup tokens;
  private final String region;
  private final boolean anonymous;

  /** Who, or why not. */
  sealed interface Decision {

    record Allowed(String tenant) implements Decision {}

    record Denied(Fault fault, String message) implements Decision {}
  }

  Access(TokenLookup tokens, String region, boolean anonymous) {
    this.tokens = tokens;
    this.region = region;
    this.anonymous = anonymous;
  }

  Decision decide(@Nullable String authorization, @Nullable SocketAddress peer) {
    if (authorization == null) {
      return anonymous && isLoopback(peer)
          ? new Decision.Allowed(DEFAULT_TENANT)
          : denied("a token is needed: Authorization: Bearer TOKEN");
    }
    if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return denied("Authorization is not of scheme Bearer");
    }
    Optional<Grant> grant = tokens.find(authorization.substring(BEARER.length()).strip());
    if (grant.isEmpty()) {
      return denied("the token is unknown");
    }
    if (!grant.get().holdsIn(region)) {
      return new Decision.Denied(Fault.FORBIDDEN, "the token is not for region " + region);
    }
    return grant.get().mayWrite()
        ? new Decision.Allowed(grant.get().tenant())
        : new Decision.Denied(Fault.FORBIDDEN, "the token may not write telemetry");
  }

  private static Decision denied(String message) {
    return new Decision.Denied(Fault.UNAUTHENTICATED, message);
  }

  private static boolean isLoopback(@Nullable SocketAddress peer) {
    return peer instanceof InetSocketAddress address
        && address.getAddress() != null
        && address.getAddress().isLoopbackAddress();
  }
}
