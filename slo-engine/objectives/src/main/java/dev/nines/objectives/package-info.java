// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.nines.objectives;

import org.jspecify.annotations.NullMarked;
