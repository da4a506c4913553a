/** Runs loops in processes of their own, which may crash, hang or exit without harm to the kit. */
@NullMarked
package org.asyncio4j.tck.process;

import org.jspecify.annotations.NullMarked;
