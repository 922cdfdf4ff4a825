// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.otlp;

/** A sample breaks a limit of its job. */
public final class BeyondLimit extends RuntimeException {

  private static final long serialVersionUID = 1;

  BeyondLimit(String message) {
    super(message, null, false, false);
  }
}
