/**
 * Compares the cost of echo servers on asyncio4j, Netty and a bare selector, each in its own
 * process. {@link org.asyncio4j.benchmarks.echo.EchoComparison} is the program; README.md explains
 * how to run it and how to read its results.
 */
@NullMarked
package org.asyncio4j.benchmarks.echo;

import org.jspecify.annotations.NullMarked;
