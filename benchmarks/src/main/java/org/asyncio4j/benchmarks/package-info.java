/**
 * Measures the cost of a loop's scheduling with JMH, compared with Netty or a plain queue where
 * possible. README.md explains how to run the benchmarks and how to read their results.
 */
@NullMarked
package org.asyncio4j.benchmarks;

import org.jspecify.annotations.NullMarked;
