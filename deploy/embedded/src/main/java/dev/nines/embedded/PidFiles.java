// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** One file a child: its process id and when it started, since process ids are used again. */
public final class PidFiles {

  /** Linux derives start times from the boot time, which moves when the clock is set. */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  private static final Duration LEAVES_BY_ITSELF = Duration.ofSeconds(10);

  private final Path folder;

  PidFiles(Path folder) {
    this.folder = folder;
  }

  void write(String name, long pid) {
    String started =
        ProcessHandle.of(pid)
            .flatMap(process -> process.info().startInstant())
            .map(Instant::toString)
            .orElse("");
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve(name), pid + "\n" + started + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void remove(String name) {
    try {
      Files.deleteIfExists(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Ends children that a killed parent left: they get SIGTERM and 10 s, then SIGKILL.
   *
   * @return the names of those that still ran
   */
  public List<String> endLeftovers() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Path> files;
    try (Stream<Path> list = Files.list(folder)) {
      files = list.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> ended =
        files.stream()
            .filter(file -> leftover(file).map(PidFiles::end).isPresent())
            .map(file -> file.getFileName().toString())
            .toList();
    files.forEach(file -> remove(file.getFileName().toString()));
    return ended;
  }

  private static Optional<ProcessHandle> leftover(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (lines.size() < 2 || lines.get(1).isEmpty()) {
      return Optional.empty(); // Cut off by a crash while it was written.
    }
    Instant started = Instant.parse(lines.get(1));
    return ProcessHandle.of(Long.parseLong(lines.getFirst()))
        .filter(process -> startedAt(process, started));
  }

  private static boolean startedAt(ProcessHandle process, Instant expected) {
    return process
        .info()
        .startInstant()
        .map(actual -> Duration.between(expected, actual).abs().compareTo(TOLERANCE) <= 0)
        .orElse(false);
  }

  private static ProcessHandle end(ProcessHandle process) {
    List<ProcessHandle> family = Stream.concat(Stream.of(process), process.descendants()).toList();
    process.destroy();
    try {
      process.onExit().get(LEAVES_BY_ITSELF.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      family.forEach(ProcessHandle::destroyForcibly);
      process.onExit().join();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return process;
  }
}
