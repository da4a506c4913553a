package org.asyncio4j.spi.driver;

import java.io.IOException;
import java.net.ProtocolFamily;
import java.nio.ByteBuffer;
import org.asyncio4j.net.SendFileNotAvailableException;
import org.asyncio4j.net.socket.FileRegion;
import org.asyncio4j.net.socket.Watchable;

/** Opens the sockets of a driver. */
public interface Sockets {

  /**
   * Opens a stream socket that is neither bound nor connected.
   *
   * @param family {@link java.net.StandardProtocolFamily#INET}, {@code INET6} or, if the driver has
   *     {@link org.asyncio4j.spi.Capability#UNIX_STREAM}, {@code UNIX}
   * @return a non-blocking socket
   * @throws IOException if the system refuses
   */
  StreamSocket openStream(ProtocolFamily family) throws IOException;

  /**
   * Opens a listening socket that is not bound yet. It reuses neither addresses nor ports unless
   * its options are set.
   *
   * @param family {@link java.net.StandardProtocolFamily#INET}, {@code INET6} or, if the driver has
   *     {@link org.asyncio4j.spi.Capability#UNIX_STREAM}, {@code UNIX}
   * @return a non-blocking socket
   * @throws IOException if the system refuses
   */
  ListenerSocket openListener(ProtocolFamily family) throws IOException;

  /**
   * Opens a datagram socket that is neither bound nor connected. A driver whose provider declares
   * neither {@link org.asyncio4j.spi.Capability#UDP} nor {@code UNIX_DATAGRAM} need not implement
   * this.
   *
   * @param family {@link java.net.StandardProtocolFamily#INET}, {@code INET6} or, if the driver has
   *     {@link org.asyncio4j.spi.Capability#UNIX_DATAGRAM}, {@code UNIX}
   * @return a non-blocking socket
   * @throws IOException if the system refuses
   * @throws UnsupportedOperationException if the driver has no such sockets
   */
  default DatagramSocket openDatagram(ProtocolFamily family) throws IOException {
    throw new UnsupportedOperationException(
        "cannot open a datagram socket: %s does not support UDP; use another loop"
            .formatted(getClass().getName()));
  }

  /**
   * Makes an object pollable that is not a socket of the driver. A driver whose provider declares
   * neither {@link org.asyncio4j.spi.Capability#WATCHING_CHANNELS} nor {@code WATCHING_DESCRIPTORS}
   * need not implement this.
   *
   * @param foreign a channel or a descriptor
   * @return a representation of the object for the poller
   * @throws IllegalArgumentException if a channel is in blocking mode
   * @throws UnsupportedOperationException if the driver cannot watch such objects
   */
  default Pollable watchable(Watchable foreign) {
    throw new UnsupportedOperationException(
        "cannot watch %s: %s does not support it; use another loop"
            .formatted(foreign, getClass().getName()));
  }

  /**
   * Allocates memory for bytes that the system has not taken at once. It is used until the loop is
   * closed and is never passed to an application, so a driver may pass its address to the system
   * without further checks.
   *
   * @param bytes the number of bytes
   * @return a direct buffer of that capacity, whose memory cannot be freed while it is used
   * @implSpec allocates by {@link ByteBuffer#allocateDirect}
   */
  default ByteBuffer allocateBuffer(int bytes) {
    return ByteBuffer.allocateDirect(bytes);
  }

  /**
   * Opens a file for {@link StreamSocket#sendFile}. A driver whose provider does not declare {@link
   * org.asyncio4j.spi.Capability#SEND_FILE} need not implement this.
   *
   * @param source the file
   * @return a representation of the file for the sockets
   * @throws SendFileNotAvailableException if the system cannot copy this file on behalf of the
   *     driver
   * @throws IOException if the file cannot be opened
   */
  default SendableFile openFile(FileRegion.Source source) throws IOException {
    throw new SendFileNotAvailableException(
        "cannot open a file for sendFile: %s does not support SEND_FILE"
            .formatted(getClass().getName()));
  }
}
