// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.oncall;

/** The answer to "who has it": never silence. */
public sealed interface Duty {

  /**
   * @param by what says so: {@code override/ID} or {@code layer/NAME}
   */
  record OnCall(String user, String by) implements Duty {}

  /** Nobody. */
  record Gap(String reason) implements Duty {}
}
