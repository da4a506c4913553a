/** Connects streams: orders addresses, lets them race, and creates the connection. */
@NullMarked
package org.asyncio4j.spi.internal.connect;

import org.jspecify.annotations.NullMarked;
