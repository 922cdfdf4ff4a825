// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.calls;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.prometheus.client.Counter;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * One target of calls. A guarded one has a bulkhead and a breaker, and holds calls back; a watched
 * one is only told how its calls end, for its owner paces them and must not be kept from trying.
 */
public final class CallOut {

  private static final float HALF = 50;

  private final String target;
  private final int bound;
  private final Duration patience;
  private final Semaphore slots;
  private final CircuitBreaker breaker;
  private final Counter calls;

  /** The call did not go out. */
  public static final class HeldBack extends RuntimeException {
    HeldBack(String message) {
      super(message, null, false, false);
    }
  }

  private CallOut(
      String target, int bound, Duration patience, CircuitBreaker breaker, Counter calls) {
    this.target = target;
    this.bound = bound;
    this.patience = patience;
    this.slots = new Semaphore(bound);
    this.breaker = breaker;
    this.calls = calls;
  }

  /**
   * @param bound calls at a time
   * @param patience with a full bulkhead
   * @param away what of the failures says that the target itself is away
   */
  static CallOut guarded(
      String target, int bound, Duration patience, Predicate<Throwable> away, Counter calls) {
    CircuitBreakerConfig config =
        CircuitBreakerConfig.custom()
            .slidingWindowType(SlidingWindowType.TIME_BASED)
            .slidingWindowSize(10)
            .minimumNumberOfCalls(3)
            .failureRateThreshold(HALF)
            .waitDurationInOpenState(Duration.ofSeconds(2))
            .permittedNumberOfCallsInHalfOpenState(1)
            .recordException(away)
            .build();
    return new CallOut(target, bound, patience, CircuitBreaker.of(target, config), calls);
  }

  static CallOut watched(String target, Counter calls) {
    CircuitBreakerConfig config =
        CircuitBreakerConfig.custom()
            .slidingWindowType(SlidingWindowType.TIME_BASED)
            .slidingWindowSize(30)
            .minimumNumberOfCalls(1)
            .failureRateThreshold(HALF)
            .build();
    CircuitBreaker breaker = CircuitBreaker.of(target, config);
    breaker.transitionToMetricsOnlyState();
    return new CallOut(target, 0, Duration.ZERO, breaker, calls);
  }

  /**
   * @throws HeldBack when the breaker is open or the bulkhead stays full
   */
  public <T> T call(Supplier<T> work) {
    enter();
    try {
      T answer = breaker.executeSupplier(work);
      count("ok");
      return answer;
    } catch (CallNotPermittedException e) {
      count("held_back");
      throw new HeldBack(target + " does not answer; asked again within 2 s");
    } catch (RuntimeException e) {
      count("failed");
      throw e;
    } finally {
      slots.release();
    }
  }

  /** A call of a watched target ended. */
  public void ended(boolean reached) {
    if (reached) {
      breaker.onSuccess(0, TimeUnit.NANOSECONDS);
    } else {
      breaker.onError(0, TimeUnit.NANOSECONDS, new IllegalStateException(target));
    }
    count(reached ? "ok" : "failed");
  }

  /** 0 closed, 1 half open, 2 open; of a watched target 2 while over half of its calls fail. */
  public int state() {
    State state = breaker.getState();
    return switch (state) {
      case OPEN, FORCED_OPEN -> 2;
      case HALF_OPEN -> 1;
      case METRICS_ONLY -> breaker.getMetrics().getFailureRate() >= HALF ? 2 : 0;
      case CLOSED, DISABLED -> 0;
    };
  }

  String target() {
    return target;
  }

  /** 0 for a watched target. */
  int bound() {
    return bound;
  }

  int inFlight() {
    return bound - slots.availablePermits();
  }

  private void enter() {
    try {
      if (slots.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    count("full");
    throw new HeldBack(bound + " calls to " + target + " are under way already");
  }

  private void count(String outcome) {
    calls.labels(target, outcome).inc();
  }
}
