// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

/** Bytes that are not the OTLP message that they claim to be; the message names field and place. */
public final class MalformedOtlp extends RuntimeException {
  public MalformedOtlp(String message) {
    super(message);
  }
}
