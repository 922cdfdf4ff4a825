// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import dev.nines.demo.stage.RegionalCollectors;
import dev.nines.demo.stage.Store;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A platform with its own collector and one of another region, and clients that send to both. */
record TwoRegions(Up up, RegionalCollectors west, Otlp abroad, SentSpans spans)
    implements AutoCloseable {

  private static final String HOME = "master";
  private static final String AWAY = "west";

  /** With the 5 s until its first look, a back-fill sees all that was stored before an apply. */
  private static final String LEAD = "26s";

  /** The tenant has an SLO already, so that the next one begins ahead. */
  static TwoRegions start(Path folder) throws IOException {
    Up up =
        Up.start(
            folder, "nines.lateness=2s", "nines.catalog-lead=" + LEAD, "nines.regions=master,west");
    RegionalCollectors west =
        new RegionalCollectors(Up.HERE, up.platform(), folder.resolve(AWAY), List.of(AWAY));
    RegionalCollectors.Ports ports = west.ports().get(AWAY);
    Otlp abroad = new Otlp(local(ports.http()), local(ports.grpc()));
    new BackfilledSlo(up, "other").apply("elsewhere", "status = error");
    SentSpans spans = new SentSpans(Map.of(HOME, up.otlp(), AWAY, abroad), up.writeToken());
    return new TwoRegions(up, west, abroad, spans);
  }

  void awaitStored() {
    Store store = new Store(up.platform().store());
    await()
        .atMost(120, SECONDS)
        .ignoreExceptions()
        .until(() -> BackfilledSlo.stored(store) == spans.total());
  }

  @Override
  public void close() {
    abroad.close();
    west.close();
    up.close();
  }

  private static URI local(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }
}
