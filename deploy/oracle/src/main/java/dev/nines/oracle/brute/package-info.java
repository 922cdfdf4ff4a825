// SPDX-License-Identifier: Apache-2.0
/**
 * What SLOs promise and events say, computed the slow way: every number is summed again from all
 * events. Shares no class with the product, which a test checks: only the YAML of the SLOs and the
 * rules of {@code pipeline.md}.
 */
@NullMarked
package dev.nines.oracle.brute;

import org.jspecify.annotations.NullMarked;
