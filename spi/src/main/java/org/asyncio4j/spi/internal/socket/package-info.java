/** What readiness and completion loops share about sockets on their way to a connection. */
@NullMarked
package org.asyncio4j.spi.internal.socket;

import org.jspecify.annotations.NullMarked;
