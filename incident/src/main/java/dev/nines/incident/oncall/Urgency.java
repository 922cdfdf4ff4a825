// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.oncall;

/** A page escalates until somebody acknowledges; a ticket is told once. */
public enum Urgency {
  PAGE,
  TICKET
}
