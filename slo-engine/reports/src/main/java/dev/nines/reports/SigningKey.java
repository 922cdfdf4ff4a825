// SPDX-License-Identifier: Apache-2.0
package dev.nines.reports;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.nines.objectives.sla.evidence.Keys;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;

/**
 * The Ed25519 key that signs evidence: made once in the data folder, readable by its owner only.
 * Whoever takes over the folder takes over the key; without it, packs signed before stay valid and
 * later ones have another fingerprint.
 */
public final class SigningKey {

  private static final String FILE = "sla-signing.key";

  private final KeyPair pair;

  private SigningKey(KeyPair pair) {
    this.pair = pair;
  }

  /** Reads the key, or makes it. */
  public static SigningKey in(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(FILE);
    try {
      if (!Files.exists(file)) {
        write(file, KeyPairGenerator.getInstance(Keys.ALGORITHM).generateKeyPair());
      }
      return new SigningKey(read(file));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException(file + " holds no key", e);
    }
  }

  public KeyPair pair() {
    return pair;
  }

  /** Two lines of Base64: PKCS #8 and X.509, for the JDK derives neither from the other. */
  private static void write(Path file, KeyPair made) throws IOException {
    Base64.Encoder base64 = Base64.getEncoder();
    String text =
        base64.encodeToString(made.getPrivate().getEncoded())
            + "\n"
            + base64.encodeToString(made.getPublic().getEncoded())
            + "\n";
    Path half = Files.createTempFile(file.getParent(), FILE, ".half", ownerOnly());
    try (FileChannel channel = FileChannel.open(half, EnumSet.of(StandardOpenOption.WRITE))) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(US_ASCII));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
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

  private static KeyPair read(Path file) throws IOException, GeneralSecurityException {
    List<String> lines = Files.readAllLines(file, US_ASCII);
    if (lines.size() != 2) {
      throw new IllegalArgumentException("two lines must be");
    }
    KeyFactory keys = KeyFactory.getInstance(Keys.ALGORITHM);
    Base64.Decoder base64 = Base64.getDecoder();
    return new KeyPair(
        keys.generatePublic(new X509EncodedKeySpec(base64.decode(lines.get(1)))),
        keys.generatePrivate(new PKCS8EncodedKeySpec(base64.decode(lines.get(0)))));
  }

  private static FileAttribute<?> ownerOnly() {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  }
}
