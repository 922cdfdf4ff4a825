// SPDX-License-Identifier: Apache-2.0
package dev.nines.reports;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.font.PDFont;

/** Draws what customers get, for a person to look at: {@code target/sla}. */
final class Pictures {

  private static final Path FOLDER =
      Path.of(System.getProperty("nines.root"), "slo-engine/reports/target/sla");

  private Pictures() {}

  static Path keep(String name, byte[] content) {
    try {
      Files.createDirectories(FOLDER);
      return Files.write(FOLDER.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As a browser shows it. */
  static BufferedImage ofHtml(Path page) {
    Path picture = page.resolveSibling("sla-report-html.png");
    run(
        "chromium",
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        "--force-device-scale-factor=1",
        "--window-size=1000,2300",
        "--screenshot=" + picture,
        page.toUri().toString());
    return read(picture);
  }

  /** One picture a page, at 80 dots an inch. */
  static List<BufferedImage> ofPdf(Path document) {
    Path prefix = document.resolveSibling("sla-report-pdf");
    run("pdftoppm", "-r", "80", "-png", document.toString(), prefix.toString());
    List<BufferedImage> pages = new ArrayList<>();
    for (int page = 1; Files.exists(Path.of(prefix + "-" + page + ".png")); page++) {
      pages.add(read(Path.of(prefix + "-" + page + ".png")));
    }
    return pages;
  }

  static List<String> fontsThatAreNotEmbedded(byte[] pdf) {
    List<String> fonts = new ArrayList<>();
    try (PDDocument document = Loader.loadPDF(pdf)) {
      for (PDPage page : document.getPages()) {
        for (COSName name : page.getResources().getFontNames()) {
          PDFont font = page.getResources().getFont(name);
          if (!font.isEmbedded()) {
            fonts.add(font.getName());
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return fonts;
  }

  /** Number of different colours: a blank page has one. */
  static long colours(BufferedImage picture) {
    return IntStream.range(0, picture.getWidth() * picture.getHeight())
        .map(i -> picture.getRGB(i % picture.getWidth(), i / picture.getWidth()))
        .distinct()
        .count();
  }

  private static BufferedImage read(Path file) {
    try {
      return ImageIO.read(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void run(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(FOLDER.resolve(command[0] + ".log").toFile())
              .start();
      if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IllegalStateException(List.of(command) + " failed, see target/sla");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(command[0] + " is needed: ./nines test installs it", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
