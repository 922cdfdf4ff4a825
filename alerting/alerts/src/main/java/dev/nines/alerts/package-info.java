// SPDX-License-Identifier: Apache-2.0
/** Contract: alerts, their states and fingerprints, and what delivery tells incident. */
@NullMarked
package dev.nines.alerts;

import org.jspecify.annotations.NullMarked;
