/**
 * A small resolver that asks one DNS server, by UDP and, where an answer is too long, by TCP:
 * datagrams in direct style, time limits, and a resolver that loops use instead of the system's.
 *
 * <p>{@link org.asyncio4j.examples.dns.DnsQuery} and {@link org.asyncio4j.examples.dns.DnsAnswer}
 * know the format, {@link org.asyncio4j.examples.dns.DnsClient} asks, and {@link
 * org.asyncio4j.examples.dns.DnsResolver} lends it to a loop.
 *
 * <p>{@link org.asyncio4j.examples.dns.DnsLookup} is the program.
 */
@NullMarked
package org.asyncio4j.examples.dns;

import org.jspecify.annotations.NullMarked;
