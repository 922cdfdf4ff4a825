// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop;

import dev.nines.shop.traffic.Script;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The command line of the shop.
 *
 * @param collectors the collectors' file; absent with {@code --plan true}
 * @param spans about how many spans in all, in all regions
 * @param log existing or new folder for the files
 * @param api where change events go; none are posted without it
 * @param script which story the run tells
 * @param flush how long the shop may stay after its last request to deliver what is queued
 * @param planOnly write the script and leave
 */
record Arguments(
    long seed,
    Optional<Path> collectors,
    Duration duration,
    long spans,
    Path log,
    @Nullable URI api,
    @Nullable String token,
    Script script,
    Duration flush,
    boolean planOnly) {

  static final String USAGE =
      "--seed N --collectors FILE --duration-seconds N --spans N --log DIR [--api URL --token T]"
          + " [--script default|calm|deploys] [--flush-seconds N] [--plan true]";

  private static final Set<String> KNOWN =
      Set.of(
          "--seed",
          "--collectors",
          "--duration-seconds",
          "--spans",
          "--log",
          "--api",
          "--token",
          "--script",
          "--flush-seconds",
          "--plan");

  static Arguments parse(String... words) throws RefusedInput {
    Options options = new Options(options(words));
    boolean planOnly = options.oneOf("--plan", "false", "false", "true").equals("true");
    Optional<Path> collectors = options.optional("--collectors").map(Path::of);
    if (collectors.isEmpty() && !planOnly) {
      throw new RefusedInput("--collectors is missing");
    }
    return new Arguments(
        options.number("--seed", null, Long.MIN_VALUE, Long.MAX_VALUE),
        collectors,
        Duration.ofSeconds(options.number("--duration-seconds", "120", 1, 86_400)),
        options.number("--spans", "230000", 100, 1_000_000_000),
        Path.of(options.required("--log")),
        options.optional("--api").map(URI::create).orElse(null),
        options.optional("--token").orElse(null),
        options.script(),
        Duration.ofSeconds(options.number("--flush-seconds", "60", 0, 3_600)),
        planOnly);
  }

  private static Map<String, String> options(String[] words) throws RefusedInput {
    Map<String, String> options = new LinkedHashMap<>();
    for (int i = 0; i < words.length; i += 2) {
      if (!KNOWN.contains(words[i])) {
        throw new RefusedInput("unknown argument: " + words[i]);
      }
      if (i + 1 == words.length) {
        throw new RefusedInput(words[i] + " has no value");
      }
      options.put(words[i], words[i + 1]);
    }
    return options;
  }

  private record Options(Map<String, String> values) {

    Optional<String> optional(String name) {
      return Optional.ofNullable(values.get(name));
    }

    String required(String name) throws RefusedInput {
      return optional(name).orElseThrow(() -> new RefusedInput(name + " is missing"));
    }

    Script script() throws RefusedInput {
      String[] all = Arrays.stream(Script.values()).map(Script::id).toArray(String[]::new);
      return Script.named(oneOf("--script", Script.DEFAULT.id(), all)).orElseThrow();
    }

    String oneOf(String name, String otherwise, String... allowed) throws RefusedInput {
      String value = values.getOrDefault(name, otherwise);
      if (!List.of(allowed).contains(value)) {
        throw new RefusedInput(name + " is one of " + String.join(", ", allowed));
      }
      return value;
    }

    long number(String name, @Nullable String otherwise, long least, long most)
        throws RefusedInput {
      String text = otherwise == null ? required(name) : values.getOrDefault(name, otherwise);
      try {
        long value = Long.parseLong(text);
        if (least <= value && value <= most) {
          return value;
        }
      } catch (NumberFormatException e) {
        throw new RefusedInput(name + " is not a whole number: " + text);
      }
      throw new RefusedInput(name + " is not between " + least + " and " + most + ": " + text);
    }
  }
}
