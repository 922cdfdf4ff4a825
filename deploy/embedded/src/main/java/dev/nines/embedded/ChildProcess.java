// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One run of a child. The child leaves when its standard input ends, so it can't outlive us: the
 * kernel closes the pipe even when we are killed.
 */
public final class ChildProcess {

  /** A session of its own keeps a terminal's Ctrl-C from reaching the child before its turn. */
  private static final Path SETSID = Path.of("/usr/bin/setsid");

  private static final Duration DUMP = Duration.ofSeconds(2);

  private final Launch launch;
  private final Process process;
  private final ChildLog log;
  private final CompletableFuture<Void> ready = new CompletableFuture<>();

  /**
   * Not {@link Process#onExit}: its callbacks share the common pool with the JDK's own, which waits
   * there for our reader of the child's output. A grandchild that holds the pipe, such as a
   * postmaster without its watcher, would keep every exit of every child from being seen.
   */
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();

  private ChildProcess(Launch launch, Process process, ChildLog log) {
    this.launch = launch;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts the child and waits until it serves.
   *
   * @throws StartFailedException with the end of its log when it leaves or is too slow
   */
  public static ChildProcess start(Launch launch) {
    ChildProcess child = spawn(launch);
    try {
      child.awaitReady();
    } catch (StartFailedException e) {
      child.kill();
      throw e;
    }
    return child;
  }

  /** SIGKILL for the child and all that it started; returns when they are gone. */
  public void kill() {
    List<ProcessHandle> descendants = process.descendants().toList();
    process.destroyForcibly();
    descendants.forEach(ProcessHandle::destroyForcibly);
    awaitExit(Duration.ofSeconds(10));
    descendants.forEach(descendant -> awaitExit(descendant, Duration.ofSeconds(10)));
  }

  /** Ends standard input, waits for a clean exit, and kills what has not left by then. */
  public void stop() {
    try {
      process.outputWriter().close();
    } catch (IOException e) {
      // The child has gone already and took its end of the pipe with it.
      if (process.isAlive()) {
        throw new UncheckedIOException(e);
      }
    }
    if (!awaitExit(launch.stopTimeout())) {
      kill();
    }
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Asks a JVM for its threads, which it writes to its log; for who looks into why it hangs. */
  void dumpThreads() {
    try {
      new ProcessBuilder("kill", "-QUIT", Long.toString(pid())).start().waitFor();
      process.waitFor(DUMP.toMillis(), TimeUnit.MILLISECONDS);
    } catch (IOException e) {
      log.append("no threads: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The exit code, once the child has gone. */
  public CompletableFuture<Integer> onExit() {
    return exit.copy();
  }

  /** The last lines that the child wrote. */
  public String logTail() {
    return log.tail();
  }

  private static ChildProcess spawn(Launch launch) {
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(SETSID)) {
      command.add(SETSID.toString());
    }
    command.addAll(launch.command());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(launch.environment());
    try {
      Files.createDirectories(launch.log().toAbsolutePath().getParent());
      ChildLog log = ChildLog.open(launch.log());
      ChildProcess child = new ChildProcess(launch, builder.start(), log);
      Thread.ofPlatform().daemon().name(launch.name() + "-output").start(child::pump);
      Thread.ofVirtual().name(launch.name() + "-exit").start(child::watchExit);
      return child;
    } catch (IOException e) {
      throw new StartFailedException(launch.name() + " did not start: " + e.getMessage(), e);
    }
  }

  private void pump() {
    try (BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        log) {
      if (launch.readyLine().isEmpty()) {
        ready.complete(null);
      }
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        log.append(line);
        if (!ready.isDone() && line.contains(launch.readyLine())) {
          ready.complete(null);
        }
      }
    } catch (IOException e) {
      // The pipe is broken: a child that nobody hears must not run on blindly.
      process.destroy();
    } finally {
      ready.completeExceptionally(new StartFailedException("left before it was ready"));
    }
  }

  private void watchExit() {
    try {
      exit.complete(process.waitFor());
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this thread", e);
    }
  }

  private void awaitReady() {
    try {
      ready.get(launch.startTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      awaitExit(Duration.ofSeconds(2));
      String code = process.isAlive() ? "" : " (exit code " + process.exitValue() + ")";
      throw new StartFailedException(failure("left before it was ready" + code));
    } catch (TimeoutException e) {
      String wait = launch.startTimeout().toSeconds() + " s";
      throw new StartFailedException(failure("was not ready within " + wait));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartFailedException(failure("was interrupted while it started"));
    }
  }

  private String failure(String what) {
    return "%s %s; end of %s:\n%s".formatted(launch.name(), what, launch.log(), log.tail());
  }

  private boolean awaitExit(Duration timeout) {
    try {
      return process.waitFor(timeout);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void awaitExit(ProcessHandle descendant, Duration timeout) {
    try {
      descendant.onExit().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // Stuck in the kernel: the next run finds its ports taken, and says so.
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
