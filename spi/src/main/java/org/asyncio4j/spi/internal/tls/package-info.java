/**
 * TLS over any stream transport: a state machine over the engine of the JDK, and what connects it
 * with the transport below and the protocol above. Knows the loop by its public face only, so that
 * every loop has it.
 */
@NullMarked
package org.asyncio4j.spi.internal.tls;

import org.jspecify.annotations.NullMarked;
