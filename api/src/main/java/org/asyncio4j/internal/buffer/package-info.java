/** Checks of the buffers that applications pass. */
@NullMarked
package org.asyncio4j.internal.buffer;

import org.jspecify.annotations.NullMarked;
