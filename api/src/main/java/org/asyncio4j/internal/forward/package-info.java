/** Futures made of others. For the packages of this module alone. */
@NullMarked
package org.asyncio4j.internal.forward;

import org.jspecify.annotations.NullMarked;
