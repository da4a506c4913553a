package org.asyncio4j.spi.hooks;

import static java.util.Objects.requireNonNull;

import org.asyncio4j.net.Transport;
import org.asyncio4j.net.socket.FileRegion;
import org.asyncio4j.spi.BaseEventLoop;

/**
 * The parameter of {@link BaseEventLoop#sendFile(SendFileRequest)}.
 *
 * @param transport the connection to send over; it was open when this request was created
 * @param region the file region to send
 */
public record SendFileRequest(Transport transport, FileRegion region) {

  /** Checks the components. */
  public SendFileRequest {
    requireNonNull(transport, "transport");
    requireNonNull(region, "region");
  }
}
