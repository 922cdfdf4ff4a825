// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.nines.delivery;

import org.jspecify.annotations.NullMarked;
