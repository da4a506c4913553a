/**
 * What a TLS handshake costs a server, ours beside blocking sockets of the JDK: {@link
 * org.asyncio4j.benchmarks.tls.HandshakeComparison}.
 */
@NullMarked
package org.asyncio4j.benchmarks.tls;

import org.jspecify.annotations.NullMarked;
