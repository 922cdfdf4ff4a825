// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.nines.incident;

import org.jspecify.annotations.NullMarked;
