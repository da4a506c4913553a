/** Internal; not for use outside asyncio4j. How exceptions pass through code that declares none. */
@NullMarked
package org.asyncio4j.internal.failure;

import org.jspecify.annotations.NullMarked;
