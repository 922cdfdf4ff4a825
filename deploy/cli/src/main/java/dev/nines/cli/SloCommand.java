// SPDX-License-Identifier: Apache-2.0
package dev.nines.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nines.objectives.openslo.Reading;
import dev.nines.objectives.openslo.SloCheck;
import dev.nines.objectives.openslo.SloExport;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** SLOs as code. */
@Command(
    name = "slo",
    description = "SLOs as code.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      SloCommand.Check.class,
      SloCommand.Export.class,
      SloImportCommand.class,
      RecordCommand.class,
      LabelsCommand.class,
      BacktestCommand.class,
      ReplayCommand.class
    })
final class SloCommand {

  private static final int MISTAKES = 1;
  private static final int UNWRITABLE = 2;

  static String unwritable(Path file, IOException e) {
    String reason =
        switch (e) {
          case NoSuchFileException _ -> "there is no folder " + file.toAbsolutePath().getParent();
          case AccessDeniedException _ -> "permission denied";
          case FileSystemException other when other.getReason() != null -> other.getReason();
          default -> String.valueOf(e.getMessage());
        };
    return "nines: " + file + " cannot be written: " + reason;
  }

  /** Whether they are read. */
  static final class Dialects {

    @Option(
        names = "--lenient",
        description = "Read files that are nearly OpenSLO v1, with a warning for each dialect.")
    private boolean lenient;

    Reading reading() {
      return lenient ? Reading.LENIENT : Reading.STRICT;
    }
  }

  /** All mistakes of all files at once. */
  @Command(
      name = "check",
      description = "Check OpenSLO files; prints file:line:column path: message for each mistake.",
      mixinStandardHelpOptions = true)
  static final class Check implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "OpenSLO YAML")
    private List<Path> files = List.of();

    @Mixin private Dialects dialects = new Dialects();

    @Option(
        names = "--events-per-hour",
        paramLabel = "N",
        description = "Also whether each SLO makes sense with so many events.")
    private @Nullable BigDecimal eventsPerHour;

    @Spec private CommandSpec spec = CommandSpec.create();

    /** 0 valid, 1 mistakes, 2 a file cannot be read. */
    @Override
    public Integer call() {
      if (eventsPerHour != null && eventsPerHour.signum() <= 0) {
        throw new ParameterException(spec.commandLine(), "--events-per-hour must be above 0");
      }
      return SloCheck.run(
          files, dialects.reading(), Optional.ofNullable(eventsPerHour), System.out);
    }
  }

  /** What the files mean, in the one way in which SLOs are written. */
  @Command(
      name = "export",
      description =
          "Write the SLOs of OpenSLO files in one canonical way, each by itself: references and"
              + " defaults of alerts are written out.",
      mixinStandardHelpOptions = true)
  static final class Export implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "OpenSLO YAML")
    private List<Path> files = List.of();

    @Mixin private Dialects dialects = new Dialects();

    @Option(names = "--output", paramLabel = "FILE", description = "Where it goes, not to stdout.")
    private @Nullable Path output;

    /** 0 written, 1 mistakes, told on stderr, and nothing written, 2 the output cannot be. */
    @Override
    public Integer call() {
      Optional<String> yaml = SloExport.of(files, dialects.reading(), System.err);
      if (yaml.isEmpty()) {
        return MISTAKES;
      }
      if (output == null) {
        PrintStream out = new PrintStream(System.out, true, UTF_8);
        out.print(yaml.get());
        out.flush();
        return 0;
      }
      try {
        Files.writeString(output, yaml.get());
        return 0;
      } catch (IOException e) {
        System.err.println(unwritable(output, e));
        return UNWRITABLE;
      }
    }
  }
}
