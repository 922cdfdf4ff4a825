// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.redaction;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;

/**
 * The secret under the hashes: 32 bytes, in a file as 64 hex digits. Collectors whose values are to
 * stay equal to each other's need the same one; with another one the same value gets another hash.
 */
public final class RedactionKey {

  static final String FILE = "redaction.key";

  private static final int BYTES = 32;

  private final byte[] bytes;

  private RedactionKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Reads the key of a folder, or makes it, readable by its owner only. */
  public static RedactionKey in(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      make(file);
    }
    return read(file);
  }

  /**
   * @throws IOException when the file holds no key, or everybody may read it
   */
  public static RedactionKey read(Path file) throws IOException {
    Set<PosixFilePermission> allowed = Files.getPosixFilePermissions(file);
    if (allowed.contains(PosixFilePermission.OTHERS_READ)) {
      throw new IOException(file + " can be read by everybody: give it mode 600");
    }
    String text = Files.readString(file, US_ASCII).strip();
    if (!text.matches("[0-9a-fA-F]{" + 2 * BYTES + "}")) {
      throw new IOException(file + " must hold " + 2 * BYTES + " hex digits");
    }
    return new RedactionKey(HexFormat.of().parseHex(text));
  }

  byte[] bytes() {
    return bytes;
  }

  private static void make(Path file) throws IOException {
    byte[] made = new byte[BYTES];
    new SecureRandom().nextBytes(made);
    Path half = Files.createTempFile(file.toAbsolutePath().getParent(), FILE, ".half", ownerOnly());
    try (FileChannel channel = FileChannel.open(half, EnumSet.of(StandardOpenOption.WRITE))) {
      ByteBuffer text = ByteBuffer.wrap((HexFormat.of().formatHex(made) + "\n").getBytes(US_ASCII));
      while (text.hasRemaining()) {
        channel.write(text);
      }
      channel.force(true);
    }
    try {
      Files.createLink(file, half);
    } catch (FileAlreadyExistsException e) {
      // Another process of this folder was first: its key is the one.
    } finally {
      Files.delete(half);
    }
  }

  private static FileAttribute<?> ownerOnly() {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  }
}
