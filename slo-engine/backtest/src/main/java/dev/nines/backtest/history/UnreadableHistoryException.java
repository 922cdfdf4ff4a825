// SPDX-License-Identifier: Apache-2.0
package dev.nines.backtest.history;

import java.io.IOException;
import java.io.Serial;

/** A file is no history; the message names file, line and rule. */
public final class UnreadableHistoryException extends IOException {

  @Serial private static final long serialVersionUID = 1;

  UnreadableHistoryException(String message) {
    super(message);
  }
}
