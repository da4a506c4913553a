package org.asyncio4j.benchmarks.redis;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Flushes the output before it reads. Below a {@link java.io.BufferedInputStream} that is once for
 * all the requests that arrived together, and never too late.
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
