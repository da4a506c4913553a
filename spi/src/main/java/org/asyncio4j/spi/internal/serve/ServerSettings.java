package org.asyncio4j.spi.internal.serve;

import java.util.Optional;
import java.util.function.Supplier;
import org.asyncio4j.net.StreamProtocol;
import org.asyncio4j.net.tls.TlsOptions;

/** How a server handles its listeners, whatever their family. */
record ServerSettings(
    int backlog,
    int maxConnections,
    Optional<TlsOptions> tls,
    Supplier<? extends StreamProtocol> protocolFactory,
    Runnable beforeClose) {}
