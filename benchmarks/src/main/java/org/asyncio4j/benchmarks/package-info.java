/**
 * What the scheduling of a loop costs, measured with JMH: each figure beside its counterpart in
 * Netty or in a plain queue where there is one. How to run and to read them: README.md.
 */
@NullMarked
package org.asyncio4j.benchmarks;

import org.jspecify.annotations.NullMarked;
