/** Internal; not for use outside asyncio4j. Contracts between transports and their users. */
@NullMarked
package org.asyncio4j.internal.transport;

import org.jspecify.annotations.NullMarked;
