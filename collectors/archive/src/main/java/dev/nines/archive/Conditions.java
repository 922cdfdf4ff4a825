// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.warehouse.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Conditions that all hold, and the values of their parameters. */
public final class Conditions {

  private final List<String> conditions = new ArrayList<>();
  private final Map<String, Object> values = new TreeMap<>();

  /** A condition without parameters. */
  public void add(String condition) {
    conditions.add(condition);
  }

  /** A condition with one parameter, named {@code name}. */
  public void add(String condition, String name, Object value) {
    conditions.add(condition);
    values.put(name, value);
  }

  /** Equality with a column, unless the text is empty. */
  public void addText(String column, String text) {
    if (!text.isEmpty()) {
      add(column + " = {" + column + ":String}", column, text);
    }
  }

  /** A parameter that is free for the rest of the statement. */
  public void value(String name, Object value) {
    values.put(name, value);
  }

  /** Adds a parameter of a new name and returns how the statement refers to it. */
  public String parameter(String type, Object value) {
    String name = "p" + values.size();
    values.put(name, value);
    return "{" + name + ":" + type + "}";
  }

  /** All conditions, for a WHERE. */
  public String text() {
    return String.join("\n  AND ", conditions);
  }

  /** The statement with the values of all parameters. */
  public Sql sql(String statement) {
    return new Sql(statement, values);
  }
}
