// SPDX-License-Identifier: Apache-2.0
package dev.nines.server;

import java.util.Optional;

/** What a role starts: one stage, seen from the server. */
public interface Part extends AutoCloseable {

  String name();

  void start();

  /** Empty when well, else one line that says what is wrong. */
  Optional<String> check();

  @Override
  void close();
}
