// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.nines.alerts;

import org.jspecify.annotations.NullMarked;
