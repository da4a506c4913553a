/** The families of addresses, and which capabilities their sockets need. */
@NullMarked
package org.asyncio4j.spi.internal.family;

import org.jspecify.annotations.NullMarked;
