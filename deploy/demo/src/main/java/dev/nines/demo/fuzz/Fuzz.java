// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.fuzz;

import dev.nines.demo.stage.Api;
import dev.nines.demo.stage.Installation;
import dev.nines.demo.stage.Platform;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A million mutants against a platform of its own: no crash, no 5xx but 503, no item unaccounted.
 */
public final class Fuzz {

  private static final long BODIES = 1_000_000;

  private final Installation nines;
  private final PrintStream out;

  public Fuzz(Path home, PrintStream out) {
    this.nines = new Installation(home);
    this.out = out;
  }

  /** True when everything came out as it must. */
  public boolean holds() throws IOException {
    Path folder = Files.createTempDirectory("nines-fuzz-");
    long seed = new SecureRandom().nextLong(1_000, 1_000_000);
    out.println("fuzz, seed " + seed + ": " + BODIES + " bodies; files are in " + folder);
    try (Platform platform = Platform.start(nines, folder, List.of())) {
      Map<String, Long> pids = platform.pids();
      Volley volley = new Volley(seed, platform.otlpHttp(), platform.token());
      volley.send(BODIES, this::progress);
      List<String> broken = new ArrayList<>(volley.wrong());
      Api api = new Api(platform.api(), platform.token());
      broken.addAll(new Aftermath(api).broken());
      if (!platform.pids().equals(pids)) {
        broken.add("a process did not live through it");
      }
      out.println("answers by code: " + volley.answers());
      broken.forEach(line -> out.println("  BROKEN  " + line));
      out.println(broken.isEmpty() ? "  as it must" : "  NOT AS IT MUST");
      return broken.isEmpty();
    }
  }

  private void progress(long sent) {
    if (sent % 100_000 == 0) {
      out.println("  " + sent + " sent");
    }
  }
}
