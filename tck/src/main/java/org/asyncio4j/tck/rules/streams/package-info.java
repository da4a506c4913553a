/** The rules about streams and their servers. */
@NullMarked
package org.asyncio4j.tck.rules.streams;

import org.jspecify.annotations.NullMarked;
