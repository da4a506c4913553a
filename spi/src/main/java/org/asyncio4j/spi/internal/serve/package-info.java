/** Serves streams: binds listeners, accepts within limits, and adopts sockets. */
@NullMarked
package org.asyncio4j.spi.internal.serve;

import org.jspecify.annotations.NullMarked;
