// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.nines.journal;

import org.jspecify.annotations.NullMarked;
