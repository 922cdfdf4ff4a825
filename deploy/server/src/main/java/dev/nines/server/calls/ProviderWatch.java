// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.calls;

import dev.nines.channels.SendResult;
import dev.nines.channels.SendWatch;
import dev.nines.server.traces.TracedWork;
import jakarta.inject.Singleton;
import java.util.function.Supplier;

/** Every attempt to reach somebody: counted by kind of provider, and traced. */
@Singleton
public final class ProviderWatch implements SendWatch {

  private final CallOuts callOuts;
  private final TracedWork traces;

  public ProviderWatch(CallOuts callOuts, TracedWork traces) {
    this.callOuts = callOuts;
    this.traces = traces;
  }

  @Override
  public SendResult watch(String provider, Supplier<SendResult> attempt) {
    SendResult result = traces.send(provider, attempt, ProviderWatch::answered);
    callOuts.watched("provider-" + provider).ended(answered(result));
    return result;
  }

  /** A refusal is an answer. */
  private static boolean answered(SendResult result) {
    return switch (result) {
      case SendResult.Sent _, SendResult.Refused _ -> true;
      case SendResult.Unavailable _, SendResult.Ambiguous _ -> false;
    };
  }
}
