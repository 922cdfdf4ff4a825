// SPDX-License-Identifier: Apache-2.0
/**
 * One enterprise customer: a contract, the report that the platform makes of it, and what is due by
 * the shop's own log. Nothing of the platform's arithmetic is on this side.
 */
@NullMarked
package dev.nines.demo.sla;

import org.jspecify.annotations.NullMarked;
