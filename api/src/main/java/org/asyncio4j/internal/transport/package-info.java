/** Internal; not for use outside asyncio4j. What transports and their users agree on. */
@NullMarked
package org.asyncio4j.internal.transport;

import org.jspecify.annotations.NullMarked;
