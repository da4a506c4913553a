package org.asyncio4j.spi.internal.sendfile;

import java.io.IOException;
import org.asyncio4j.net.SendFileNotAvailableException;
import org.asyncio4j.net.Transport;
import org.asyncio4j.net.socket.FileRegion;
import org.asyncio4j.spi.hooks.SendFileRequest;
import org.asyncio4j.spi.internal.net.NetworkLoop;

/** {@code sendFile}: by the system if the loop supports that, otherwise block by block. */
public final class SendFileOperation {

  private static final int BLOCK_BYTES = 64 * 1024;

  private final NetworkLoop loop;
  private final Transport transport;
  private final FileRegion region;

  public SendFileOperation(NetworkLoop loop, Transport transport, FileRegion region) {
    this.loop = loop;
    this.transport = transport;
    this.region = region;
  }

  public long run(boolean fallback) throws IOException {
    loop.requireTask("sendFile");
    if (transport.isClosing()) {
      throw new IllegalStateException(
          "cannot send a file over %s: it is closing".formatted(transport));
    }
    if (transport.protocol() instanceof SendFilePacer.Listener) {
      throw new IllegalStateException(
          "cannot send a file over %s: another file is being sent; await that first"
              .formatted(transport));
    }
    try {
      return loop.hooks().sendFile(new SendFileRequest(transport, region));
    } catch (SendFileNotAvailableException unavailable) {
      if (!fallback) {
        throw unavailable;
      }
    }
    return copy();
  }

  private long copy() throws IOException {
    SendFilePacer pacing = SendFilePacer.begin(loop, transport);
    try {
      pacing.awaitRoom();
      return new FileCopy(loop, region, BLOCK_BYTES)
          .into(block -> {
            transport.write(block);
            pacing.awaitRoom();
          });
    } finally {
      pacing.end();
    }
  }
}
