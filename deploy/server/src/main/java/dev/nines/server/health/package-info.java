// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.nines.server.health;

import org.jspecify.annotations.NullMarked;
