// SPDX-License-Identifier: Apache-2.0
package dev.nines.cli;

import dev.nines.embedded.ServerJvm;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One role of the same artifact alone; the process becomes the server. */
@Command(
    name = "role",
    description = "Run one role alone, against addresses in the configuration.",
    mixinStandardHelpOptions = true)
final class RoleCommand implements Callable<Integer> {

  @Parameters(paramLabel = "NAME", description = "collector, archive, extraction, engine, ...")
  private String name = "";

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting, such as nines.kafka.bootstrap-servers; may be repeated.")
  private Map<String, String> settings = new HashMap<>();

  @Override
  public Integer call() {
    Map<String, String> properties = new HashMap<>(settings);
    properties.put("nines.roles", name);
    properties.put("nines.anonymous-otlp", "false");
    throw Exec.replaceThisProcess(ServerJvm.command(ServerJvm.jar(Home.folder()), properties));
  }
}
