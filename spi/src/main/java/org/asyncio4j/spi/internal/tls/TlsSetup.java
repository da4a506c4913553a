package org.asyncio4j.spi.internal.tls;

import java.util.Optional;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.Promise;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.TlsOptions;
import org.jspecify.annotations.Nullable;

/**
 * How a TLS connection is made.
 *
 * @param protocol receives what is decrypted
 * @param options how to speak TLS
 * @param waiter completed when the handshake is done or has failed, unless cancelled
 * @param context the context in which the protocol is called
 * @param former the protocol of the transport below, if that is taken over: it is notified if the
 *     connection is lost before the new protocol has it, and the new one is not told that the
 *     connection was made
 */
public record TlsSetup(
    StreamProtocol protocol,
    TlsOptions options,
    Optional<Promise<@Nullable Void>> waiter,
    Context context,
    Optional<StreamProtocol> former) {}
