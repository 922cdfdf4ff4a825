// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded;

/** A child process did not come up; the message is complete and meant for a person. */
public final class StartFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public StartFailedException(String message) {
    super(message);
  }

  public StartFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
