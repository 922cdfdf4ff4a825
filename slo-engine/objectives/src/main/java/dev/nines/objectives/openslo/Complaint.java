// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

/** Takes what is wrong inside a text. */
@FunctionalInterface
interface Complaint {

  /**
   * @param offset of the first wrong character
   */
  void at(int offset, String message);
}
