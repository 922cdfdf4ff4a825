// SPDX-License-Identifier: Apache-2.0
/**
 * A report with all that it was computed from: written by the server, checked by whoever has it.
 *
 * <pre>
 * scope.json contract.yaml definitions.json exclusions.json intervals.csv   what it is computed from
 * report.json                                                               what was computed
 * manifest.json                                                             SHA-256 of all of them
 * public-key.pem signature.txt                                              Ed25519 over the manifest
 * </pre>
 */
@NullMarked
package dev.nines.objectives.sla.evidence;

import org.jspecify.annotations.NullMarked;
