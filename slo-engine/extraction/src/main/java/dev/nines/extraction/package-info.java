// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.nines.extraction;

import org.jspecify.annotations.NullMarked;
