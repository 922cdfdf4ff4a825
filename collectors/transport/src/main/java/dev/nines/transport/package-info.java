// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.nines.transport;

import org.jspecify.annotations.NullMarked;
