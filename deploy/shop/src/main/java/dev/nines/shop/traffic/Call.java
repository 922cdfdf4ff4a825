// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop.traffic;

import java.util.List;

/**
 * One request as the service that answers it sees it, with the calls that it makes. Becomes a
 * SERVER span, and a CLIENT span in the caller. Times are nanoseconds since the journey began.
 *
 * @param route {@code http.route}
 * @param status HTTP status; 5xx marks the span failed
 * @param version {@code service.version} of the service
 * @param startNanos when the service took the request
 * @param endNanos when the service had answered; not before the last of its calls ended
 * @param retry 0 for a first try, else which repetition it is
 */
public record Call(
    Service service,
    String method,
    String route,
    int status,
    String version,
    long startNanos,
    long endNanos,
    int retry,
    List<Call> calls) {

  /** One way between two services of a region; a CLIENT span is longer by it at both ends. */
  public static final long NETWORK_NANOS = 120_000;

  public boolean failed() {
    return status >= 500;
  }

  /** SERVER spans of this call and below, and the CLIENT spans between them. */
  public int spans() {
    int spans = 1;
    for (Call call : calls) {
      spans += 1 + call.spans();
    }
    return spans;
  }
}
