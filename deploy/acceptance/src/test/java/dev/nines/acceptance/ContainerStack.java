// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.containers.wait.strategy.WaitStrategy;
import org.testcontainers.images.RemoteDockerImage;
import org.testcontainers.images.builder.ImageFromDockerfile;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.shaded.org.awaitility.core.ConditionTimeoutException;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/** The services of the compose file as containers: its images, environments and mounted files. */
final class ContainerStack implements AutoCloseable {

  private static final List<String> STORES = List.of("kafka", "clickhouse", "postgres");
  private static final List<String> ROLES = List.of("control", "stream", "collector");
  private static final String BASE = "eclipse-temurin:25-jre";
  private static final int NOT_ROOT = 0444;

  private final Path root;
  private final ComposeFile compose;
  private final String adminToken;
  private final Network network = Network.newNetwork();
  private final List<GenericContainer<?>> started = new ArrayList<>();

  private ContainerStack(Path root, ComposeFile compose, String adminToken) {
    this.root = root;
    this.compose = compose;
    this.adminToken = adminToken;
  }

  /** Why it cannot run here; empty where Docker answers and each image is there or can be had. */
  static Optional<String> missing(ComposeFile compose) {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      return Optional.of("no Docker daemon answers here");
    }
    List<String> images = new ArrayList<>(List.of(BASE));
    STORES.forEach(store -> images.add(compose.image(store)));
    return images.stream().flatMap(image -> unavailable(image).stream()).findFirst();
  }

  static ContainerStack start(Path root, ComposeFile compose, String adminToken) {
    ContainerStack stack = new ContainerStack(root, compose, adminToken);
    try {
      STORES.forEach(stack::store);
      ROLES.forEach(stack::role);
      return stack;
    } catch (RuntimeException e) {
      stack.close();
      throw e;
    }
  }

  GenericContainer<?> container(String service) {
    return started.stream()
        .filter(container -> container.getNetworkAliases().contains(service))
        .findFirst()
        .orElseThrow();
  }

  URI url(String service, int port) {
    GenericContainer<?> container = container(service);
    return URI.create("http://" + container.getHost() + ":" + container.getMappedPort(port));
  }

  private void store(String service) {
    GenericContainer<?> container = new GenericContainer<>(compose.image(service));
    compose
        .files(service)
        .forEach(
            (host, inside) ->
                container.withCopyFileToContainer(
                    MountableFile.forHostPath(root.resolve("deploy/compose").resolve(host)),
                    inside));
    launch(service, container.waitingFor(serving(service)));
  }

  private static WaitStrategy serving(String store) {
    return switch (store) {
      case "kafka" -> Wait.forLogMessage(".*Kafka Server started.*", 1);
      case "postgres" -> Wait.forLogMessage(".*ready to accept connections.*", 2);
      default -> Wait.forSuccessfulCommand("wget --quiet --spider http://127.0.0.1:8123/ping");
    };
  }

  private void role(String service) {
    GenericContainer<?> container =
        new GenericContainer<>(
            new ImageFromDockerfile("nines-acceptance", false)
                .withFileFromPath("Dockerfile", root.resolve("deploy/compose/Dockerfile"))
                .withFileFromPath(
                    "deploy/server/target/quarkus-app",
                    root.resolve("deploy/server/target/quarkus-app")));
    container.withExposedPorts(8080, 4318);
    container.withCopyToContainer(
        Transferable.of(adminToken, NOT_ROOT), "/run/secrets/admin_token");
    launch(service, container.waitingFor(Wait.forHttp("/health/ready").forPort(8080)));
  }

  private void launch(String service, GenericContainer<?> container) {
    started.add(container);
    container
        .withNetwork(network)
        .withNetworkAliases(service)
        .withEnv(compose.environment(service))
        .start();
  }

  private static Optional<String> unavailable(String image) {
    try {
      new RemoteDockerImage(DockerImageName.parse(image)).get();
      return Optional.empty();
    } catch (ContainerFetchException | ConditionTimeoutException e) {
      return Optional.of("Docker answers, but " + image + " can't be had here");
    }
  }

  @Override
  public void close() {
    started.reversed().forEach(GenericContainer::stop);
    network.close();
  }
}
