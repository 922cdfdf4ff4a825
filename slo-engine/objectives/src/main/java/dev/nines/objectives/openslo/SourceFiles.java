// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Files that a command names.
 *
 * @param unreadable a line for each that cannot be read
 */
public record SourceFiles(List<Source> sources, List<String> unreadable) {

  public static SourceFiles read(List<Path> files) {
    List<Source> sources = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    for (Path file : files) {
      try {
        sources.add(new Source(file.toString(), Files.readString(file)));
      } catch (MalformedInputException e) {
        unreadable.add(file + " is not UTF-8 text");
      } catch (IOException e) {
        unreadable.add(file + " cannot be read: " + reason(file, e));
      }
    }
    return new SourceFiles(sources, unreadable);
  }

  private static String reason(Path file, IOException e) {
    return switch (e) {
      case NoSuchFileException absent -> "there is no such file";
      case AccessDeniedException denied -> "permission denied";
      default -> Files.isDirectory(file) ? "it is a folder" : String.valueOf(e.getMessage());
    };
  }
}
