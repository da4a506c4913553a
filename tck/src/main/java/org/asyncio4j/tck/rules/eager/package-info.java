/** The rules about eager start, and call graphs. */
@NullMarked
package org.asyncio4j.tck.rules.eager;

import org.jspecify.annotations.NullMarked;
