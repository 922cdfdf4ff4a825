// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.nines.server.access;

import org.jspecify.annotations.NullMarked;
