// SPDX-License-Identifier: Apache-2.0
package dev.nines.backtest.replay;

import java.io.IOException;
import java.io.Serial;

/** More slices than are held in memory. */
public final class TooManySlicesException extends IOException {

  @Serial private static final long serialVersionUID = 1;

  TooManySlicesException(int most) {
    super("there are over %,d slices; narrow them by --slo, --from and --to".formatted(most));
  }
}
