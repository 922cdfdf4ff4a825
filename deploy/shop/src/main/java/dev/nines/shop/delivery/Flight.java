// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop.delivery;

import io.opentelemetry.sdk.common.CompletableResultCode;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * A batch in the hands of the exporter. The exporter's thread writes the answer, ours reads it.
 *
 * @param <B> what is exported
 */
public final class Flight<B> {

  private final B batch;
  private final boolean again;
  private final long sentNanos;
  private volatile @Nullable Answer answer;

  public Flight(B batch, boolean again, long sentNanos) {
    this.batch = batch;
    this.again = again;
    this.sentNanos = sentNanos;
  }

  /**
   * How the export ended.
   *
   * @param failure absent when the collector acknowledged
   */
  public record Answer(long atNanos, @Nullable String failure) {}

  public void follow(CompletableResultCode result, InstantSource clock, Runnable wake) {
    result.whenComplete(
        () -> {
          answer = new Answer(Nanos.of(clock.instant()), failureOf(result));
          wake.run();
        });
  }

  private static @Nullable String failureOf(CompletableResultCode result) {
    if (result.isSuccess()) {
      return null;
    }
    Throwable failure = result.getFailureThrowable();
    if (failure == null) {
      return "the exporter gave no reason";
    }
    Throwable cause = failure.getCause();
    return cause == null ? failure.toString() : cause.toString();
  }

  public B batch() {
    return batch;
  }

  /** Whether the batch had been acknowledged before. */
  public boolean again() {
    return again;
  }

  public long sentNanos() {
    return sentNanos;
  }

  public @Nullable Answer answer() {
    return answer;
  }
}
