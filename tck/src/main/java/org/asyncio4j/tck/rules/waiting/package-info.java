/** The rules about waiting for several futures. */
@NullMarked
package org.asyncio4j.tck.rules.waiting;

import org.jspecify.annotations.NullMarked;
