// SPDX-License-Identifier: Apache-2.0
package dev.nines.reports.render;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import dev.nines.objectives.sla.evidence.Pack;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The page of {@link ReportHtml} on A4, with its fonts embedded; it loads nothing from outside. */
public final class ReportPdf {

  private static final String FONTS = "/liberation/";
  private static final int REGULAR = 400;
  private static final int BOLD = 700;

  private ReportPdf() {}

  public static byte[] write(Pack pack) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      new PdfRendererBuilder()
          .useFont(
              () -> font("LiberationSans-Regular.ttf"),
              ReportHtml.FONT,
              REGULAR,
              FontStyle.NORMAL,
              true)
          .useFont(
              () -> font("LiberationSans-Bold.ttf"), ReportHtml.FONT, BOLD, FontStyle.NORMAL, true)
          .useFont(
              () -> font("LiberationMono-Regular.ttf"),
              ReportHtml.CODE_FONT,
              REGULAR,
              FontStyle.NORMAL,
              true)
          .useUriResolver((base, uri) -> null)
          .withProducer("Nines")
          .withHtmlContent(ReportHtml.write(pack), null)
          .toStream(out)
          .run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static InputStream font(String name) {
    InputStream in = ReportPdf.class.getResourceAsStream(FONTS + name);
    if (in == null) {
      throw new IllegalStateException("no font " + name);
    }
    return in;
  }
}
