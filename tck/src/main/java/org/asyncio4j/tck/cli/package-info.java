/** The command line of the kit. */
@NullMarked
package org.asyncio4j.tck.cli;

import org.jspecify.annotations.NullMarked;
