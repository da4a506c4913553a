/** Internal; not for use outside asyncio4j. How call graphs are captured and printed. */
@NullMarked
package org.asyncio4j.internal.graph;

import org.jspecify.annotations.NullMarked;
