// SPDX-License-Identifier: Apache-2.0
package dev.nines.cli;

import dev.nines.embedded.Addresses;
import dev.nines.embedded.AdminToken;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;

/** What {@code up} prints. */
record Screen(PrintStream out) {

  void line(String text) {
    out.println(text);
    out.flush();
  }

  void addresses(Addresses at) {
    at.otlpGrpc().forEach((region, url) -> row("OTLP gRPC", url + "  region " + region));
    at.otlpHttp().forEach((region, url) -> row("OTLP HTTP", url + "  region " + region));
    row("API", at.api());
    row("ClickHouse", at.clickhouseReadOnly() + "  read-only");
    row("data folder", at.data());
    Path tokenFile = Path.of(at.adminTokenFile());
    row("admin token", AdminToken.read(tokenFile) + "  in " + tokenFile);
    line(String.format(Locale.ROOT, "Nines is up: started in %.1f s.", at.readyMillis() / 1000.0));
  }

  private void row(String what, String where) {
    line("  %-12s %s".formatted(what, where));
  }
}
