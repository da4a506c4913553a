/**
 * A running body and the two verbs that drive it: the seam between tasks and the engines that
 * suspend code. Authors of tasks enter here.
 *
 * <p>Everything is called on the loop's thread unless a method says otherwise. Nothing is {@code
 * null} unless marked. Serves the chapter <i>task steps and cancellation</i> of SPEC.md.
 */
@NullMarked
package org.asyncio4j.spi.coroutine;

import org.jspecify.annotations.NullMarked;
