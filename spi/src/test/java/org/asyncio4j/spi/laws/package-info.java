/**
 * The laws of the carrier engine, by number: what makes it safe that one platform thread runs the
 * continuations of all tasks of a loop. Law 7, that no wake-up is lost, is in {@code
 * internal.cycle.InboxTest}; docs/ARCHITECTURE.md lists all.
 */
package org.asyncio4j.spi.laws;
