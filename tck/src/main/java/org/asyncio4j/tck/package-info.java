/**
 * The entry points of the kit: {@link org.asyncio4j.tck.EventLoopTck} for JUnit, {@link
 * org.asyncio4j.tck.Main} for everything else.
 */
@NullMarked
package org.asyncio4j.tck;

import org.jspecify.annotations.NullMarked;
