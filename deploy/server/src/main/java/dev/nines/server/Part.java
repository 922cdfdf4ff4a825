// SPDX-License-Identifier: Apache-2.0
package dev.nines.server;

import java.util.Optional;

/** What a role starts: one stage, seen from the server. */
public interface Part extends AutoCloseable {

  String name();

  void start();

  /** Empty when well, else one line that says what is wrong. */
  Optional<String> check();

  /** What a person should know of a part that is well, such as a limit that it keeps now. */
  default Optional<String> note() {
    return Optional.empty();
  }

  @Override
  void close();
}
