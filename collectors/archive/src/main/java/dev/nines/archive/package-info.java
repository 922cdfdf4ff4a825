// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.nines.archive;

import org.jspecify.annotations.NullMarked;
