// SPDX-License-Identifier: Apache-2.0
package dev.nines.backtest.replay;

/** Events of a slice, or of a minute. */
record SliceValue(long good, long total, long uncertain) {

  static final SliceValue NONE = new SliceValue(0, 0, 0);

  SliceValue plus(SliceValue other) {
    return new SliceValue(good + other.good, total + other.total, uncertain + other.uncertain);
  }

  @Override
  public String toString() {
    return uncertain == 0
        ? good + " good of " + total
        : good + " good and " + uncertain + " uncertain of " + total;
  }
}
