// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.clickhouse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How a column type lies in format Native: as much as is needed to find where a column ends. */
sealed interface NativeType {

  record Fixed(long bytes) implements NativeType {}

  record Text() implements NativeType {}

  record Nullable(NativeType value) implements NativeType {}

  record Array(NativeType element) implements NativeType {}

  record Tuple(List<NativeType> elements) implements NativeType {}

  /** The keys are those of the dictionary, never nullable themselves. */
  record LowCardinality(NativeType key) implements NativeType {}

  Map<String, Integer> BYTES =
      Map.ofEntries(
          Map.entry("Int8", 1),
          Map.entry("UInt8", 1),
          Map.entry("Bool", 1),
          Map.entry("Nothing", 1),
          Map.entry("Enum8", 1),
          Map.entry("Int16", 2),
          Map.entry("UInt16", 2),
          Map.entry("BFloat16", 2),
          Map.entry("Date", 2),
          Map.entry("Enum16", 2),
          Map.entry("Int32", 4),
          Map.entry("UInt32", 4),
          Map.entry("Float32", 4),
          Map.entry("Date32", 4),
          Map.entry("DateTime", 4),
          Map.entry("Time", 4),
          Map.entry("IPv4", 4),
          Map.entry("Int64", 8),
          Map.entry("UInt64", 8),
          Map.entry("Float64", 8),
          Map.entry("DateTime64", 8),
          Map.entry("Time64", 8),
          Map.entry("Int128", 16),
          Map.entry("UInt128", 16),
          Map.entry("IPv6", 16),
          Map.entry("UUID", 16),
          Map.entry("Int256", 32),
          Map.entry("UInt256", 32));

  /** From a type's name as ClickHouse writes it; types of unknown layout are refused with 501. */
  static NativeType parse(String name) {
    var open = name.indexOf('(');
    var head = open < 0 ? name : name.substring(0, open);
    var arguments =
        open < 0 ? List.<String>of() : split(name.substring(open + 1, name.length() - 1));
    return switch (head) {
      case "String" -> new Text();
      case "FixedString" -> new Fixed(Long.parseLong(arguments.getFirst()));
      case "Decimal" -> new Fixed(decimalBytes(Integer.parseInt(arguments.getFirst())));
      case "Nullable" -> new Nullable(parse(arguments.getFirst()));
      case "Array" -> new Array(parse(arguments.getFirst()));
      case "Map" -> new Array(tuple(arguments));
      case "Nested" -> new Array(tuple(arguments));
      case "Tuple" -> tuple(arguments);
      case "SimpleAggregateFunction" -> parse(arguments.getLast());
      case "LowCardinality" -> {
        var key = parse(arguments.getFirst());
        yield new LowCardinality(key instanceof Nullable nullable ? nullable.value() : key);
      }
      default -> fixed(head, name);
    };
  }

  private static NativeType fixed(String head, String name) {
    var bytes = head.startsWith("Interval") ? Integer.valueOf(8) : BYTES.get(head);
    if (bytes == null) {
      throw EngineException.notOffered("type " + name + " with client_protocol_version");
    }
    return new Fixed(bytes);
  }

  private static Tuple tuple(List<String> elements) {
    return new Tuple(
        elements.stream().map(NativeType::withoutName).map(NativeType::parse).toList());
  }

  /** Elements may carry names: {@code good UInt64}, {@code `a b` Array(String)}. */
  private static String withoutName(String element) {
    var lexer = new SqlLexer(element);
    lexer.next();
    var end = lexer.end();
    var named = lexer.next() && !lexer.text().equals("(");
    return named ? element.substring(end).strip() : element;
  }

  private static int decimalBytes(int precision) {
    if (precision <= 9) {
      return 4;
    }
    return precision <= 18 ? 8 : precision <= 38 ? 16 : 32;
  }

  /** The arguments of a type, split at the commas outside of brackets and quotes. */
  private static List<String> split(String arguments) {
    var parts = new ArrayList<String>();
    var lexer = new SqlLexer(arguments);
    var start = 0;
    while (lexer.next()) {
      if (lexer.depth() == 0 && lexer.text().equals(",")) {
        parts.add(arguments.substring(start, lexer.start()).strip());
        start = lexer.end();
      }
    }
    parts.add(arguments.substring(start).strip());
    return parts;
  }
}
