// SPDX-License-Identifier: Apache-2.0
package dev.nines.channels;

import java.time.Duration;
import java.util.Optional;

/** How an attempt to reach somebody ended. */
public sealed interface SendResult {

  /**
   * The provider has it.
   *
   * @param providerId what the provider calls it, empty when it does not say
   */
  record Sent(String providerId) implements SendResult {}

  /** The provider will never take it as it is. */
  record Refused(Reason reason, String detail) implements SendResult {}

  /**
   * The provider did not take it, another attempt may succeed.
   *
   * @param retryAfter what the provider asked for
   */
  record Unavailable(Optional<Duration> retryAfter, String detail) implements SendResult {}

  /** The request went out and no answer came: it may have arrived. */
  record Ambiguous(String detail) implements SendResult {}

  /** Why a provider refuses for good. */
  enum Reason {
    /** 401, 403. */
    NOT_AUTHORISED,
    /** 404, 410. */
    NO_SUCH_ADDRESS,
    /** A redirect: followed nowhere, a signed page goes only where it was addressed. */
    REDIRECT,
    /** An address that {@link NetworkRules} keeps from this tenant. */
    FORBIDDEN_ADDRESS,
    /** 413, or more than the provider takes. */
    TOO_LARGE,
    /** Any other 4xx. */
    BAD_REQUEST
  }
}
