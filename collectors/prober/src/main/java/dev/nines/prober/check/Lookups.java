// SPDX-License-Identifier: Apache-2.0
package dev.nines.prober.check;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Names to addresses, so that a run can leave a lookup that hangs. The system's resolver blocks its
 * thread and cannot be stopped, so it has platform threads of its own; at most one lookup of a name
 * is on its way, and the runs that want it share it: there are never more threads than names.
 */
public final class Lookups implements AutoCloseable {

  private final Map<String, CompletableFuture<InetAddress[]>> running = new ConcurrentHashMap<>();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("lookup-", 0).factory());

  /**
   * @throws UnknownHostException also when the waiting thread is interrupted
   */
  InetAddress[] resolve(String host) throws UnknownHostException {
    try {
      return running.computeIfAbsent(host, this::start).get();
    } catch (ExecutionException e) {
      UnknownHostException failure = new UnknownHostException(host + " has no address");
      failure.initCause(e);
      throw failure;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnknownHostException(host + " was not resolved in time");
    }
  }

  private CompletableFuture<InetAddress[]> start(String host) {
    CompletableFuture<InetAddress[]> answer = new CompletableFuture<>();
    threads.execute(
        () -> {
          try {
            InetAddress[] addresses = InetAddress.getAllByName(host);
            running.remove(host);
            answer.complete(addresses);
          } catch (UnknownHostException | RuntimeException e) {
            running.remove(host);
            answer.completeExceptionally(e);
          }
        });
    return answer;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
