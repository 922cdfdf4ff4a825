// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sloth;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * One SLO of a spec.
 *
 * @param line of its file, from 0
 * @param service of the spec
 * @param objective percent, in (0, 100)
 * @param labels of the spec, and over them those of the SLO
 * @param notes what is taken as said of its metrics
 */
record SlothSlo(
    String file,
    int line,
    String service,
    String name,
    String description,
    BigDecimal objective,
    Map<String, String> labels,
    Sli sli,
    List<String> notes,
    Alerting alerting) {

  String place() {
    return file + ":" + (line + 1);
  }

  /** As Sloth has it. */
  String id() {
    return service + "-" + name;
  }

  /**
   * @param name of Sloth's alerts; may be empty
   */
  record Alerting(String name, Alert page, Alert ticket) {}

  /**
   * @param labels of all of the SLO's alerts, and over them those of this one; so annotations
   */
  record Alert(boolean disabled, Map<String, String> labels, Map<String, String> annotations) {}
}
