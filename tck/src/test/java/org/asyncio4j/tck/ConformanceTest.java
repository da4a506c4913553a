package org.asyncio4j.tck;

/** Runs all rules on the loops of this project. */
final class ConformanceTest extends DiscoveredLoopsTck {}
