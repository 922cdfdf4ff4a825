// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.postmortem;

/**
 * What an incident did to one group of an objective's events, such as a customer.
 *
 * @param group value of the objective's grouping attribute
 * @param bad events that surely failed
 */
public record GroupImpact(String group, long bad, long total) {}
