/**
 * The entry point: runs programs on an event loop, creates tasks, sleeps, and runs code on other
 * threads.
 *
 * <p>Application authors start here, with {@link org.asyncio4j.Asyncio}. Methods that suspend may
 * be called only in a task; other methods document the threads on which they may be called. Nothing
 * is {@code null} unless marked.
 *
 * <p>In all packages of this module, methods return an {@link java.util.Optional} for a value that
 * may be absent, and mark parameters that may be absent as nullable. The value of a type parameter,
 * such as the result of a task, is nullable if the type that the program chose is.
 */
@NullMarked
package org.asyncio4j;

import org.jspecify.annotations.NullMarked;
