// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nines.benchmarks.load.Load;
import dev.nines.benchmarks.load.LoadPlan;
import dev.nines.benchmarks.load.LoadResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs the load in a JVM of its own, on our cores. */
final class Generator {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Generator() {}

  static LoadResult run(LoadPlan plan) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC"));
    command.addAll(List.of("--sun-misc-unsafe-memory-access=allow"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Load.class.getName()));
    command.addAll(plan.arguments());
    String printed = Command.run(Path.of("/"), Map.of(), command);
    try {
      return JSON.readValue(printed, LoadResult.class);
    } catch (JsonProcessingException e) {
      throw new BenchFailedException("the generator printed no result: " + printed);
    }
  }
}
