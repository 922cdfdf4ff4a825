// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.nines.channels;

import org.jspecify.annotations.NullMarked;
