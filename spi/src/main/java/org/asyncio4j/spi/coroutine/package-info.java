/**
 * The interface between tasks and the engines that suspend their code. For authors of tasks.
 *
 * <p>Unless a method says otherwise, it is called on the loop's thread. Nothing is {@code null}
 * unless marked. Involved in the chapter <i>task steps and cancellation</i> of SPEC.md.
 */
@NullMarked
package org.asyncio4j.spi.coroutine;

import org.jspecify.annotations.NullMarked;
