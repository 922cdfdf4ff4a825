// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.nines.warehouse;

import org.jspecify.annotations.NullMarked;
