// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.tls;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the PEM files of a collector are.
 *
 * @param certificate its chain, its own first
 * @param key PKCS#8, not encrypted: RSA, EC or Ed25519
 * @param clientAuthorities who signs clients: a client without such a certificate gets no
 *     connection; without it, clients need none
 */
public record TlsFiles(Path certificate, Path key, Optional<Path> clientAuthorities) {}
