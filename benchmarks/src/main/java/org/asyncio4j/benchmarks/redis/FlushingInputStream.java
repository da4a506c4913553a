package org.asyncio4j.benchmarks.redis;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Flushes the output before each read. Below a {@link java.io.BufferedInputStream}, this flushes
 * once for all requests that arrived together, and never too late.
 */
final class FlushingInputStream extends FilterInputStream {

  private final OutputStream output;

  FlushingInputStream(InputStream input, OutputStream output) {
    super(input);
    this.output = output;
  }

  @Override
  public int read() throws IOException {
    output.flush();
    return super.read();
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    output.flush();
    return super.read(target, offset, length);
  }
}
