// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.clickhouse;

import dev.nines.embedded.Docker;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/** ClickHouse's official image: the measure of what the embedded engine must do as well. */
final class ContainerClickHouse implements AutoCloseable {
  private static final String IMAGE = "clickhouse/clickhouse-server:26.7";
  private static final int HTTP_PORT = 8123;
  private static final String PASSWORD = "nines";

  /** The image has no read-only port; a user with a read-only profile is its counterpart. */
  private static final String READER =
      """
      <clickhouse>
        <profiles><reader><readonly>1</readonly></reader></profiles>
        <users><reader>
          <password>nines</password><profile>reader</profile><quota>default</quota>
          <networks><ip>::/0</ip></networks>
        </reader></users>
      </clickhouse>
      """;

  private final GenericContainer<?> container;

  private ContainerClickHouse(GenericContainer<?> container) {
    this.container = container;
  }

  /** Condition of the tests that need it; says loudly that they did not run. */
  static boolean dockerAnswers(ExtensionContext test) {
    return Docker.missing(test.getDisplayName(), IMAGE).isEmpty();
  }

  static ContainerClickHouse start() {
    var container =
        new GenericContainer<>(DockerImageName.parse(IMAGE))
            .withExposedPorts(HTTP_PORT)
            .withEnv("CLICKHOUSE_PASSWORD", PASSWORD)
            .withCopyToContainer(
                Transferable.of(READER), "/etc/clickhouse-server/users.d/reader.xml")
            .waitingFor(Wait.forHttp("/ping").forPort(HTTP_PORT))
            .withStartupTimeout(Duration.ofMinutes(3));
    container.start();
    return new ContainerClickHouse(container);
  }

  ServerUnderTest server() {
    return new ServerUnderTest(url(), "default", PASSWORD);
  }

  ServerUnderTest reader() {
    return new ServerUnderTest(url(), "reader", PASSWORD);
  }

  @Override
  public void close() {
    container.stop();
  }

  private String url() {
    return "http://%s:%d".formatted(container.getHost(), container.getMappedPort(HTTP_PORT));
  }
}
