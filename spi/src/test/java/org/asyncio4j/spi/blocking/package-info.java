/**
 * Bodies that block outside {@code await}: how limits, cancellations and interrupts reach them, on
 * both engines.
 */
package org.asyncio4j.spi.blocking;
