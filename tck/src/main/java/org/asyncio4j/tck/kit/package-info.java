/**
 * The vocabulary of the kit: what marks a rule, what a loop needs for it, what a loop's author may
 * declare and tune.
 */
@NullMarked
package org.asyncio4j.tck.kit;

import org.jspecify.annotations.NullMarked;
