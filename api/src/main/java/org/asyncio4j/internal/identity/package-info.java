/** Internal; not for use outside asyncio4j. Collections that distinguish objects by identity. */
@NullMarked
package org.asyncio4j.internal.identity;

import org.jspecify.annotations.NullMarked;
