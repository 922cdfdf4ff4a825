// SPDX-License-Identifier: Apache-2.0
/** PagerDuty, Events API v2. */
@NullMarked
package dev.nines.channels.pagerduty;

import org.jspecify.annotations.NullMarked;
