/** The rules about time limits and groups. */
@NullMarked
package org.asyncio4j.tck.rules.limits;

import org.jspecify.annotations.NullMarked;
