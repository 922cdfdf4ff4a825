// SPDX-License-Identifier: Apache-2.0
package dev.nines.catalog;

import dev.nines.journal.Json;
import dev.nines.objectives.AccessToken;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** A region's copy of the tokens, one JSON a line, replaced as a whole; readable by its owner. */
final class TokenFile {

  private final Path file;

  TokenFile(Path folder) {
    file = folder.resolve("control.tokens.jsonl");
  }

  /**
   * @return none when there is no file yet
   * @throws IllegalArgumentException when a line is no token
   */
  List<AccessToken> read() throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    return Files.readAllLines(file).stream()
        .map(line -> Json.read(line, AccessToken.class))
        .toList();
  }

  /** The file is the old or the new one, whole, also after a loss of power. */
  void write(Collection<AccessToken> tokens) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.deleteIfExists(next);
    Files.createFile(
        next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        next, tokens.stream().map(token -> Json.write(token) + "\n").collect(Collectors.joining()));
    try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
