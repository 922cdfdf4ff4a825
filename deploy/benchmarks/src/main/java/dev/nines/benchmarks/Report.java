// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** One JSON object a line, after what the file holds. */
public record Report(Path file) {

  private static final ObjectMapper JSON = new ObjectMapper();

  public void append(List<Figure> figures) {
    List<String> lines = new ArrayList<>();
    try {
      for (Figure figure : figures) {
        lines.add(JSON.writeValueAsString(figure));
      }
      Files.write(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a figure is no JSON", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
