// SPDX-License-Identifier: Apache-2.0
/** E-mail by SMTP. */
@NullMarked
package dev.nines.channels.email;

import org.jspecify.annotations.NullMarked;
