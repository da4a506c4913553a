package org.asyncio4j.spi.internal.tls;

import java.util.Optional;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.Promise;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.TlsOptions;
import org.jspecify.annotations.Nullable;

/**
 * What a TLS connection is told by who makes it.
 *
 * @param protocol who hears of what is decrypted
 * @param options how to speak TLS
 * @param waiter completed when the handshake is done or has failed, unless cancelled
 * @param context the context in which the protocol is called
 * @param callsConnectionMade whether the protocol is told of the connection
 */
public record TlsSetup(
    StreamProtocol protocol,
    TlsOptions options,
    Optional<Promise<@Nullable Void>> waiter,
    Context context,
    boolean callsConnectionMade) {}
