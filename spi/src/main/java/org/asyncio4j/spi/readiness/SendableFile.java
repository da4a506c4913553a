package org.asyncio4j.spi.readiness;

/** A file as the system wants it, for {@link StreamSocket#sendFile}. */
public interface SendableFile extends AutoCloseable {

  /** Closes the file, if the driver has opened it. Never throws. */
  @Override
  void close();
}
