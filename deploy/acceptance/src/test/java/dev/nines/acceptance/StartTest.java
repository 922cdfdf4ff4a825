// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.embedded.Addresses;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A start that cannot be is refused with exit code 2 and one line that says why. */
@ExtendWith(OneUp.class)
class StartTest {

  private static final int CANNOT_START = 2;

  private final Up up;

  StartTest(Up up) {
    this.up = up;
  }

  @Test
  void aSecondStartNamesTheFolderAndTheProcess() throws Exception {
    CommandLineRun second = CommandLineRun.nines("up", "--data", up.data().toString());
    long pid = Long.parseLong(SourceTree.read(up.data().resolve("nines.pid")).strip());
    assertThat(second.exitCode()).isEqualTo(CANNOT_START);
    assertThat(second.printed().strip())
        .isEqualTo("nines: Nines already runs in %s (pid %d)".formatted(up.data(), pid));
    assertThat(ProcessHandle.of(pid).flatMap(ProcessHandle::parent).map(ProcessHandle::pid))
        .hasValue(ProcessHandle.current().pid());
    assertServes();
  }

  @Test
  void aTakenPortIsNamedWithItsOption(@TempDir Path folder) throws Exception {
    Addresses at = Addresses.read(up.data());
    takenPort(folder, "--port", at.api(), "API");
    takenPort(folder, "--otlp-grpc-port", at.otlpGrpc().get("master"), "OTLP/gRPC");
    takenPort(folder, "--otlp-http-port", at.otlpHttp().get("master"), "OTLP/HTTP");
    assertServes();
  }

  private static void takenPort(Path folder, String option, String url, String use)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("up", "--data", folder.toString()));
    for (String each : List.of("--port", "--otlp-grpc-port", "--otlp-http-port")) {
      int port = each.equals(option) ? URI.create(url).getPort() : dev.nines.embedded.Ports.free();
      arguments.addAll(List.of(each, Integer.toString(port)));
    }
    CommandLineRun run = CommandLineRun.nines(arguments.toArray(String[]::new));
    assertThat(run.exitCode()).isEqualTo(CANNOT_START);
    assertThat(run.printed().strip())
        .startsWith("nines: port %d (%s".formatted(URI.create(url).getPort(), use))
        .contains("is taken by process ")
        .endsWith("choose another port with " + option)
        .hasLineCount(1);
  }

  private void assertServes() {
    Batch batch = Batch.of("after a refused start", 1);
    assertThat(up.otlp().http(batch.body(), Optional.empty()).statusCode()).isEqualTo(200);
  }
}
