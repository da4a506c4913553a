/** Futures composed of others. Only for the packages of this module. */
@NullMarked
package org.asyncio4j.internal.forward;

import org.jspecify.annotations.NullMarked;
