/** Support for connecting sockets, shared by readiness and completion loops. */
@NullMarked
package org.asyncio4j.spi.internal.socket;

import org.jspecify.annotations.NullMarked;
