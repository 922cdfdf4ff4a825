// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop;

/** The command line or a file it names can't be used; the message says what and why. */
final class RefusedInput extends Exception {

  RefusedInput(String message) {
    super(message);
  }
}
