/** Bound listeners and how they accept, shared by readiness and completion loops. */
@NullMarked
package org.asyncio4j.spi.internal.accept;

import org.jspecify.annotations.NullMarked;
