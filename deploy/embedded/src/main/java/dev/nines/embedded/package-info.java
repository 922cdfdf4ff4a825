// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.nines.embedded;

import org.jspecify.annotations.NullMarked;
