/**
 * What an echo server costs its machine: ours beside Netty and a bare selector, each in a process
 * of its own. {@link org.asyncio4j.benchmarks.echo.EchoComparison} is the program; how to run and
 * to read it: README.md.
 */
@NullMarked
package org.asyncio4j.benchmarks.echo;

import org.jspecify.annotations.NullMarked;
