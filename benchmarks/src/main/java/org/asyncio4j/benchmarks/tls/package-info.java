/**
 * Compares the cost of a TLS handshake for servers on asyncio4j and on blocking sockets of the JDK:
 * {@link org.asyncio4j.benchmarks.tls.HandshakeComparison}.
 */
@NullMarked
package org.asyncio4j.benchmarks.tls;

import org.jspecify.annotations.NullMarked;
