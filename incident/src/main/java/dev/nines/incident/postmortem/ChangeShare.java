// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.postmortem;

import dev.nines.objectives.ChangeEvent;

/**
 * How much more often bad events carry a change's version than good ones do.
 *
 * @param badWith bad events of the incident that carry it, of {@code badTotal}
 * @param goodWith good events of the incident that carry it, of {@code goodTotal}
 */
public record ChangeShare(
    ChangeEvent change, long badWith, long badTotal, long goodWith, long goodTotal) {}
