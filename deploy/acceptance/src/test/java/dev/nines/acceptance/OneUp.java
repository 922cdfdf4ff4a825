// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One running platform for all test classes that do it no harm, stopped at the end at the latest.
 */
final class OneUp implements ParameterResolver {

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Up.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return store(context).computeIfAbsent(Running.class, key -> new Running(), Running.class).up;
  }

  private static ExtensionContext.Store store(ExtensionContext context) {
    return context.getRoot().getStore(ExtensionContext.Namespace.create(OneUp.class));
  }

  /** For classes that want the machine to themselves: it takes half a core when idle. */
  static final class Away implements BeforeAllCallback {

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
      @Nullable Running running = store(context).remove(Running.class, Running.class);
      if (running != null) {
        running.close();
      }
    }
  }

  /** Closed by JUnit with the root's store. */
  private static final class Running implements AutoCloseable {

    private final Path folder;
    private final Up up;

    Running() {
      try {
        folder = Files.createTempDirectory("nines-acceptance");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      up = Up.start(folder, "nines.lateness=2s", "nines.catalog-lead=2s", "nines.log-json=true");
    }

    @Override
    public void close() throws IOException {
      up.close();
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
