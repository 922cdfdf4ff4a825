// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Headers of batches whose spans are sampled once they were counted. A batch is stored from one
 * topic only: from {@code accepted}, or where it says that it is {@link #PENDING} there, from
 * {@code kept}. So the rule may change at any time, and nothing is stored twice or never.
 */
public final class Sampling {

  /** The sampler's consumer group, which tells what is not decided yet. */
  public static final String GROUP = "sampler";

  /** On {@code accepted}: the sampler decides which spans are stored. */
  public static final String PENDING = "sampling";

  /** On {@code kept}: how many spans of the batch are not in it. */
  private static final String SAMPLED_OUT = "sampledOut";

  private Sampling() {}

  /** What extraction adds. */
  public static Map<String, byte[]> pending() {
    return Map.of(PENDING, Envelope.text("pending"));
  }

  public static boolean isPending(Function<String, byte @Nullable []> header) {
    return header.apply(PENDING) != null;
  }

  /** What the sampler puts in place of it, and of the number of items. */
  public static Map<String, byte[]> decided(int kept, int sampledOut) {
    return Map.of(
        Envelope.ITEMS,
        Envelope.text(Integer.toString(kept)),
        SAMPLED_OUT,
        Envelope.text(Integer.toString(sampledOut)));
  }

  /** 0 where nothing was sampled. */
  public static int sampledOut(Function<String, byte @Nullable []> header) {
    return header.apply(SAMPLED_OUT) == null
        ? 0
        : Integer.parseInt(Envelope.required(header, SAMPLED_OUT));
  }
}
