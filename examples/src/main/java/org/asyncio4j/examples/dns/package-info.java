/**
 * A small resolver for one DNS server, over UDP and, if a response is too long, over TCP. It shows
 * datagrams in direct style, time limits, and a resolver that loops use instead of the system's.
 *
 * <p>{@link org.asyncio4j.examples.dns.DnsQuery} and {@link org.asyncio4j.examples.dns.DnsAnswer}
 * implement the format, {@link org.asyncio4j.examples.dns.DnsClient} sends queries, and {@link
 * org.asyncio4j.examples.dns.DnsResolver} makes it available to a loop.
 *
 * <p>{@link org.asyncio4j.examples.dns.DnsLookup} is the program.
 */
@NullMarked
package org.asyncio4j.examples.dns;

import org.jspecify.annotations.NullMarked;
