/** Sends files over transports, by the loop's hook or by reading and writing. */
@NullMarked
package org.asyncio4j.spi.internal.sendfile;

import org.jspecify.annotations.NullMarked;
