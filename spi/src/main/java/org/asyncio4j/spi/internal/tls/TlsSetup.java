package org.asyncio4j.spi.internal.tls;

import java.util.Optional;
import org.asyncio4j.core.Context;
import org.asyncio4j.core.Promise;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.tls.TlsOptions;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a new TLS connection.
 *
 * @param protocol receives the decrypted data
 * @param options the TLS settings
 * @param waiter completed when the handshake is done or has failed, unless it was cancelled
 * @param context the context in which the protocol is called
 * @param former the protocol of an existing transport below: it is notified if the connection is
 *     lost before the new protocol has it, and {@code connectionMade} is not called on the new one
 */
public record TlsSetup(
    StreamProtocol protocol,
    TlsOptions options,
    Optional<Promise<@Nullable Void>> waiter,
    Context context,
    Optional<StreamProtocol> former) {}
