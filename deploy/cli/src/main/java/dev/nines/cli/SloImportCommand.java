// SPDX-License-Identifier: Apache-2.0
package dev.nines.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nines.objectives.openslo.SourceFiles;
import dev.nines.objectives.sloth.Arrival;
import dev.nines.objectives.sloth.SlothImport;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Specs of Sloth into OpenSLO. */
@Command(
    name = "import",
    description =
        "Translate specs of Sloth into OpenSLO; names what cannot be translated, by file, line,"
            + " column and path, on stderr.",
    mixinStandardHelpOptions = true)
final class SloImportCommand implements Callable<Integer> {

  private static final int TRANSLATED = 0;
  private static final int REFUSED = 1;
  private static final int UNUSABLE_FILE = 2;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "prometheus/v1, or PrometheusServiceLevel of Kubernetes")
  private List<Path> files = List.of();

  @Option(
      names = "--arrival",
      paramLabel = "WAY",
      converter = ArrivalName.class,
      description =
          "scrape or remote-write: how the series come to Nines, which names parts of histograms.")
  private @Nullable Arrival arrival;

  @Option(
      names = "--period",
      paramLabel = "PERIOD",
      converter = Days.class,
      defaultValue = "30d",
      description = "Sloth's --default-slo-period: 30d, as there, or 28d.")
  private int periodDays;

  @Option(names = "--output", paramLabel = "FILE", description = "Where it goes, not to stdout.")
  private @Nullable Path output;

  @Option(names = "--partial", description = "Write what is translated when some is refused.")
  private boolean partial;

  /** 0 all are translated, 1 some are refused, 2 a file cannot be read or written. */
  @Override
  public Integer call() {
    SourceFiles sources = SourceFiles.read(files);
    if (!sources.unreadable().isEmpty()) {
      sources.unreadable().forEach(file -> System.err.println("nines: " + file));
      return UNUSABLE_FILE;
    }
    SlothImport.Imported found =
        SlothImport.read(sources.sources(), Optional.ofNullable(arrival), periodDays);
    found.violations().forEach(System.err::println);
    found.notes().forEach(note -> System.err.println("note: " + note));
    System.err.println(
        found.documents().size() + " of " + found.declared() + " SLOs are translated");
    boolean write = !found.documents().isEmpty() && (found.whole() || partial);
    if (write && !written(found.yaml())) {
      return UNUSABLE_FILE;
    }
    return found.whole() ? TRANSLATED : REFUSED;
  }

  private boolean written(String yaml) {
    if (output == null) {
      PrintStream out = new PrintStream(System.out, true, UTF_8);
      out.print(yaml);
      out.flush();
      return true;
    }
    try {
      Files.writeString(output, yaml);
      return true;
    } catch (IOException e) {
      System.err.println(SloCommand.unwritable(output, e));
      return false;
    }
  }

  /** As options are written. */
  static final class ArrivalName implements ITypeConverter<Arrival> {
    @Override
    public Arrival convert(String value) {
      return switch (value) {
        case "scrape" -> Arrival.SCRAPE;
        case "remote-write" -> Arrival.REMOTE_WRITE;
        default ->
            throw new TypeConversionException("'" + value + "' is not scrape or remote-write");
      };
    }
  }

  /** Of Sloth's catalog. */
  static final class Days implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      return SlothImport.periodsDays().stream()
          .filter(days -> value.equals(days + "d"))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "Sloth has no windows for '" + value + "': 28d, 30d"));
    }
  }
}
