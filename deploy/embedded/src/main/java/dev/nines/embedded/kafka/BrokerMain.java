// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.kafka;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * The broker's JVM: {@code --data DIR --port P --controller-port C}. Prints READY when it serves,
 * leaves when standard input ends or on SIGTERM, exits with 2 and one line when it can't start.
 */
public final class BrokerMain {

  private static final int CANNOT_START = 2;

  private BrokerMain() {}

  public static void main(String[] args) throws IOException {
    Arguments arguments = Arguments.parse(args);
    KafkaRaftServer server;
    try {
      format(arguments.data());
      KafkaConfig config = KafkaConfig.fromProps(BrokerProperties.of(arguments));
      server = new KafkaRaftServer(config, Time.SYSTEM);
      server.startup();
    } catch (KafkaException | IOException e) {
      System.err.println("kafka can't start on port %d: %s".formatted(arguments.port(), cause(e)));
      Runtime.getRuntime().halt(CANNOT_START);
      return;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop"));
    System.out.println("READY");
    while (System.in.read() >= 0) {
      continue;
    }
    System.exit(0);
  }

  private static void format(Path data) throws IOException {
    if (Files.exists(data.resolve("meta.properties"))) {
      return;
    }
    Files.createDirectories(data);
    Formatter formatter =
        new Formatter()
            .setPrintStream(new PrintStream(System.err, true, StandardCharsets.UTF_8))
            .setClusterId(Uuid.randomUuid().toString())
            .setNodeId(BrokerProperties.NODE_ID)
            .addDirectory(data.toString())
            .setMetadataLogDirectory(data.toString())
            .setControllerListenerName("CONTROLLER")
            .setReleaseVersion(MetadataVersion.latestProduction());
    try {
      formatter.run();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("can't format " + data, e);
    }
  }

  private static void stop(KafkaRaftServer server) {
    server.shutdown();
    server.awaitShutdown();
  }

  private static String cause(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.toString() : root.getMessage();
  }
}
