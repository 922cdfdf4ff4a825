// SPDX-License-Identifier: Apache-2.0
package dev.nines.cli;

import dev.nines.embedded.StartFailedException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;

/**
 * POSIX execv(3): this process becomes another program under the same process id, so that signals
 * of whoever started us, SIGKILL too, reach that program itself.
 */
final class Exec {

  private Exec() {}

  /** Returns only when it failed: with what to throw. */
  static StartFailedException replaceThisProcess(List<String> command) {
    System.out.flush();
    System.err.flush();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment words = arena.allocate(ValueLayout.ADDRESS, command.size() + 1L);
      for (int i = 0; i < command.size(); i++) {
        words.setAtIndex(ValueLayout.ADDRESS, i, arena.allocateFrom(command.get(i)));
      }
      words.setAtIndex(ValueLayout.ADDRESS, command.size(), MemorySegment.NULL);
      int result = (int) execv().invokeExact(arena.allocateFrom(command.getFirst()), words);
      return new StartFailedException("can't run " + command.getFirst() + ": execv is " + result);
    } catch (Throwable e) {
      throw new IllegalStateException("execv", e); // invokeExact declares Throwable.
    }
  }

  private static MethodHandle execv() {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow("execv"),
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
  }
}
