// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded;

import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A child that can be killed and started again on the same data and the same ports. */
public abstract class RestartableProcess implements AutoCloseable {

  /** Written under the lock; read without it, since a restart holds the lock for seconds. */
  private volatile @Nullable ChildProcess run;

  /** Short name, such as {@code kafka}. */
  public abstract String name();

  /** Puts the data folder in order and says how to start; called before every start. */
  protected abstract Launch prepare();

  /** Waits for whatever the start needs beyond the ready line. */
  protected void awaitServing(ChildProcess started) {}

  /** Starts, or ends the present run and starts again. */
  public final synchronized void restart() {
    ChildProcess old = run;
    if (old != null) {
      old.stop();
      run = null;
    }
    ChildProcess started = ChildProcess.start(prepare());
    run = started;
    awaitServing(started);
  }

  /** SIGKILL of the engine and all its processes; returns when they are gone. */
  public final void kill() {
    current().kill();
  }

  /** Process id of the engine itself. */
  public final long pid() {
    return livePid().orElseThrow(() -> new IllegalStateException(name() + " is stopped"));
  }

  /** Process id of the engine itself, if it runs. */
  public OptionalLong livePid() {
    ChildProcess now = run;
    return now != null && now.isAlive() ? OptionalLong.of(now.pid()) : OptionalLong.empty();
  }

  /** Process id of the child that we started: the engine, or its watcher. */
  final long childPid() {
    return current().pid();
  }

  public final boolean isAlive() {
    ChildProcess now = run;
    return now != null && now.isAlive();
  }

  /** Exit code of the present run, once it has ended. */
  public final CompletableFuture<Integer> onExit() {
    return current().onExit();
  }

  /** Clean stop. */
  @Override
  public final synchronized void close() {
    ChildProcess old = run;
    if (old != null) {
      old.stop();
      run = null;
    }
  }

  private ChildProcess current() {
    ChildProcess now = run;
    if (now == null) {
      throw new IllegalStateException(name() + " is stopped");
    }
    return now;
  }
}
