// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.kafka;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** {@code --data DIR --port P --controller-port C}. */
record Arguments(Path data, int port, int controllerPort) {

  static Arguments parse(String[] args) {
    Map<String, String> given = new HashMap<>();
    for (int i = 0; i + 1 < args.length; i += 2) {
      given.put(args[i], args[i + 1]);
    }
    return new Arguments(
        Path.of(require(given, "--data")),
        Integer.parseInt(require(given, "--port")),
        Integer.parseInt(require(given, "--controller-port")));
  }

  private static String require(Map<String, String> given, String name) {
    String value = given.get(name);
    if (value == null) {
      throw new IllegalArgumentException("missing argument " + name);
    }
    return value;
  }
}
