/** Opens and binds listeners and datagram sockets, for readiness and completion loops. */
@NullMarked
package org.asyncio4j.spi.internal.bind;

import org.jspecify.annotations.NullMarked;
