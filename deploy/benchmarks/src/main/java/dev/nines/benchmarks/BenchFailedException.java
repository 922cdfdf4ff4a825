// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

/** No figure can be given; the message is the whole story. */
public final class BenchFailedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public BenchFailedException(String message) {
    super(message);
  }
}
