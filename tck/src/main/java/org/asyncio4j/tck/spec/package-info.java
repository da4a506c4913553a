/** Reads the rules from SPEC.md, which the spi jar contains. */
@NullMarked
package org.asyncio4j.tck.spec;

import org.jspecify.annotations.NullMarked;
