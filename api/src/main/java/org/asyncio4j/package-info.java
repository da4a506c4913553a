/**
 * The front door: run a program on an event loop, make tasks, sleep, leave the loop and come back.
 *
 * <p>Application authors start here, with {@link org.asyncio4j.Asyncio}. Methods that suspend may
 * be called only in a task; the others say on which threads they may be called. Nothing is {@code
 * null} unless marked.
 *
 * <p>In all packages of this module, what may be absent is {@link java.util.Optional} where a
 * method returns it, and marked as nullable where a method receives it. The value of a type
 * parameter, such as the result of a task, is as nullable as the type that the program chose.
 */
@NullMarked
package org.asyncio4j;

import org.jspecify.annotations.NullMarked;
