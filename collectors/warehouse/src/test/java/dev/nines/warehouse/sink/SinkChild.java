// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse.sink;

import dev.nines.transport.KafkaClients;
import dev.nines.warehouse.Store;
import dev.nines.warehouse.Writer;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** A sink in a process of its own, to be killed or stopped by a test. */
final class SinkChild {

  private SinkChild() {}

  /** Arguments: broker, ClickHouse's URL, name of the sink, instance id. Ends with its input. */
  public static void main(String[] arguments) throws IOException {
    try (Writer writer =
            new Writer(Store.at(arguments[1]), ExactSinkTest.SETTINGS.insertTimeout());
        ExactSink sink =
            new ExactSink(
                CountedRows.target(arguments[2]),
                new KafkaClients(arguments[0]),
                writer,
                arguments[3],
                ExactSinkTest.SETTINGS,
                new SinkMetrics(new CollectorRegistry()),
                InsertWatch.NONE,
                InstantSource.system())) {
      sink.start();
      System.in.readAllBytes();
    }
  }

  static Process start(String broker, String url, String name, String instance) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                System.getProperty("java.class.path"),
                SinkChild.class.getName(),
                broker,
                url,
                name,
                instance))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
