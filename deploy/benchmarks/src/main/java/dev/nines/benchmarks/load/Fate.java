// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks.load;

/** Hears once, on any thread, what became of a batch. */
interface Fate {

  void acknowledged();

  /**
   * @param why the error of the call, or what is wrong with its response
   */
  void refused(String why);
}
