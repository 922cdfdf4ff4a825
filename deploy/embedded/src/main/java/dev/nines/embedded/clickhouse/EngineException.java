// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.clickhouse;

import java.util.regex.Pattern;

/**
 * A refusal in ClickHouse's terms; its message is {@code Code: N. DB::Exception: reason. (NAME)}.
 */
final class EngineException extends RuntimeException {
  /** The engine reports as text only, and puts the prefix twice for some errors. */
  private static final Pattern CODE =
      Pattern.compile("Code: (\\d+)\\. DB::Exception: (?:Code: \\d+\\. DB::Exception: )?");

  private final ErrorCode code;

  EngineException(ErrorCode code, String reason) {
    this(code, "Code: %d. DB::Exception: ".formatted(code.number()), reason, code.name());
  }

  private EngineException(ErrorCode code, String prefix, String reason, String name) {
    super(name.isEmpty() ? prefix + reason : "%s%s. (%s)".formatted(prefix, reason, name));
    this.code = code;
  }

  /** From the text that the engine reports. */
  static EngineException parse(String text) {
    var match = CODE.matcher(text);
    if (!match.find()) {
      return new EngineException(ErrorCode.UNKNOWN_EXCEPTION, text.strip());
    }
    var code = new ErrorCode(Integer.parseInt(match.group(1)), "");
    var prefix = "Code: %d. DB::Exception: ".formatted(code.number());
    return new EngineException(code, prefix, text.substring(match.end()).strip(), "");
  }

  /** A feature of the server that is not offered here: status 501. */
  static EngineException notOffered(String feature) {
    return new EngineException(
        ErrorCode.NOT_IMPLEMENTED, feature + " is not offered by the embedded ClickHouse");
  }

  ErrorCode code() {
    return code;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
