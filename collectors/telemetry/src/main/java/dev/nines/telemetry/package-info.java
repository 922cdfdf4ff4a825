// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.nines.telemetry;

import org.jspecify.annotations.NullMarked;
