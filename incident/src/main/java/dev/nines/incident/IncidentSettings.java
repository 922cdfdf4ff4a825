// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident;

import dev.nines.channels.NetworkRules;
import dev.nines.incident.response.ResponseSettings;

/**
 * @param network where channels may lead
 * @param publicUrl start of the links in pages, without a slash at its end; may be empty
 */
public record IncidentSettings(ResponseSettings response, NetworkRules network, String publicUrl) {}
