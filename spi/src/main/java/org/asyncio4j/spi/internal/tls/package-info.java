/**
 * TLS over any stream transport: a state machine over the JDK's engine, and its connection to the
 * transport below and the protocol above. Uses only the public API of the loop, so that it works
 * with every loop.
 */
@NullMarked
package org.asyncio4j.spi.internal.tls;

import org.jspecify.annotations.NullMarked;
