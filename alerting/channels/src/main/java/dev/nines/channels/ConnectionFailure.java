// SPDX-License-Identifier: Apache-2.0
package dev.nines.channels;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why a provider was not reached, in words for whoever reads the page log at night. */
public final class ConnectionFailure {

  private static final int CAUSES_MAX = 10;

  private ConnectionFailure() {}

  /** The first cause that is known; else what the failure says of itself. */
  public static String words(Throwable failure) {
    Throwable at = failure;
    for (int depth = 0; at != null && depth < CAUSES_MAX; depth++) {
      Optional<String> known = known(at);
      if (known.isPresent()) {
        return known.get();
      }
      at = at.getCause();
    }
    return message(failure.getMessage());
  }

  private static Optional<String> known(Throwable failure) {
    return switch (failure) {
      case UnknownHostException name ->
          Optional.of("the host is not found, " + message(name.getMessage()));
      case SocketTimeoutException slow -> Optional.of("the host does not answer");
      case NoRouteToHostException far -> Optional.of("there is no route to the host");
      case ConnectException refused -> Optional.of("the host refuses the connection");
      case SSLException tls -> Optional.of("TLS failed, " + message(tls.getMessage()));
      default -> Optional.empty();
    };
  }

  private static String message(@Nullable String message) {
    return message == null || message.isBlank() ? "the connection broke" : message.strip();
  }
}
