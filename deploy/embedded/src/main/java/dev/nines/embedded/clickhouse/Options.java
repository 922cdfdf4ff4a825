// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.clickhouse;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The command line of {@link ClickHouseMain}; malformed ones throw {@link
 * IllegalArgumentException}.
 */
record Options(
    Path data, int port, int readOnlyPort, Path library, long memoryBytes, @Nullable Path config) {
  private static final String DEFAULT_MEMORY_BYTES = "2147483648";
  private static final Set<String> NAMES =
      Set.of("--data", "--port", "--read-only-port", "--library", "--memory-bytes", "--config");

  static Options parse(String... arguments) {
    var values = new HashMap<String, String>();
    for (var i = 0; i < arguments.length; i += 2) {
      if (!NAMES.contains(arguments[i]) || i + 1 == arguments.length) {
        throw new IllegalArgumentException("unknown option or missing value: " + arguments[i]);
      }
      values.put(arguments[i], arguments[i + 1]);
    }
    values.putIfAbsent("--memory-bytes", DEFAULT_MEMORY_BYTES);
    return new Options(
        Path.of(value(values, "--data")).toAbsolutePath(),
        (int) number(values, "--port", 1, 65_535),
        (int) number(values, "--read-only-port", 1, 65_535),
        Path.of(value(values, "--library")).toAbsolutePath(),
        number(values, "--memory-bytes", 64L << 20, 1L << 45),
        values.containsKey("--config") ? Path.of(value(values, "--config")) : null);
  }

  private static long number(Map<String, String> values, String name, long min, long max) {
    var text = value(values, name);
    var number = text.matches("\\d{1,15}") ? Long.parseLong(text) : -1;
    if (number < min || number > max) {
      throw new IllegalArgumentException(
          "%s %s: not a number from %d to %d".formatted(name, text, min, max));
    }
    return number;
  }

  private static String value(Map<String, String> values, String name) {
    var value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("missing option: " + name);
    }
    return value;
  }
}
