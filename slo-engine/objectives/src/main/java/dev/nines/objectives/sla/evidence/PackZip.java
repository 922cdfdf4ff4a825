// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sla.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * A pack as a ZIP file. The same files are always the same bytes: sorted, stored, with one fixed
 * time, so that a byte changed in the container itself is found too.
 */
public final class PackZip {

  /** A larger one is refused. */
  public static final int BYTES_MAX = 128 << 20;

  private static final int FILES_MAX = 16;
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private PackZip() {}

  public static byte[] write(Pack pack) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes, UTF_8)) {
      for (Map.Entry<String, String> file : pack.files().entrySet()) {
        byte[] content = file.getValue().getBytes(UTF_8);
        zip.putNextEntry(entry(file.getKey(), content));
        zip.write(content);
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * @throws IOException when the bytes are no pack as {@link #write} makes it
   */
  static Pack read(byte[] bytes) throws IOException {
    SortedMap<String, String> files = new TreeMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes), UTF_8)) {
      ZipEntry entry = zip.getNextEntry();
      while (entry != null) {
        if (files.size() == FILES_MAX || entry.getMethod() != ZipEntry.STORED) {
          throw new IOException("holds too many or compressed files");
        }
        files.put(entry.getName(), text(zip.readAllBytes(), entry.getName()));
        entry = zip.getNextEntry();
      }
    } catch (IllegalArgumentException e) {
      throw new IOException("is no ZIP file: " + e.getMessage(), e);
    }
    return new Pack(files);
  }

  private static String text(byte[] content, String name) throws IOException {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException e) {
      throw new IOException(name + " is no UTF-8 text", e);
    }
  }

  private static ZipEntry entry(String name, byte[] content) {
    CRC32 sum = new CRC32();
    sum.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(sum.getValue());
    entry.setTimeLocal(TIME);
    return entry;
  }
}
