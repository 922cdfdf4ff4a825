// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.nines.server;

import org.jspecify.annotations.NullMarked;
