package org.asyncio4j.loop.epoll;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import org.asyncio4j.net.SendFileNotAvailableException;
import org.jspecify.annotations.Nullable;

/** The descriptor of a non-blocking socket and its system calls. */
final class LinuxSocket {

  // A call on a heap buffer blocks the garbage collector while it copies: about 20 microseconds for
  // this many bytes.
  private static final int HEAP_CHUNK = 256 * 1024;

  // Linux copies no more in one call.
  private static final long MAX_SENDFILE = 0x7ffff000;

  private static final int SOCK_STREAM = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_NONBLOCK = 0x800;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final int SHUT_WR = 1;
  private static final int IPPROTO_IPV6 = 41;
  private static final int IPV6_V6ONLY = 26;
  private static final int SOL_SOCKET = 1;
  private static final int SO_ERROR = 4;
  private static final int SO_PEERCRED = 17;

  private static final int CLOSED = -1;

  private final CallMemory memory;
  private final short family;
  private int fd;

  private LinuxSocket(CallMemory memory, short family, int fd) {
    this.memory = memory;
    this.family = family;
    this.fd = fd;
    memory.sockets.add(fd);
  }

  static LinuxSocket openStream(CallMemory memory, ProtocolFamily family) throws IOException {
    return open(memory, family, SOCK_STREAM);
  }

  static LinuxSocket openDatagram(CallMemory memory, ProtocolFamily family) throws IOException {
    return open(memory, family, SOCK_DGRAM);
  }

  private static LinuxSocket open(CallMemory memory, ProtocolFamily protocolFamily, int type)
      throws IOException {
    short family = family(protocolFamily);
    int flags = type | SOCK_NONBLOCK | SOCK_CLOEXEC;
    int fd = checked(LinuxCalls.socket(memory.state, family, flags, 0));
    LinuxSocket socket = new LinuxSocket(memory, family, fd);
    if (family == SocketAddressCodec.AF_INET6) {
      try {
        // The default is a system setting; the contract is that the wildcard accepts IPv4 too.
        socket.setOption(IPPROTO_IPV6, IPV6_V6ONLY, 0);
      } catch (IOException e) {
        socket.close();
        throw e;
      }
    }
    return socket;
  }

  private static short family(ProtocolFamily family) throws SocketException {
    if (family == StandardProtocolFamily.INET) {
      return SocketAddressCodec.AF_INET;
    }
    if (family == StandardProtocolFamily.INET6) {
      return SocketAddressCodec.AF_INET6;
    }
    if (family == StandardProtocolFamily.UNIX) {
      return UnixAddressCodec.AF_UNIX;
    }
    throw new SocketException(
        "cannot open a socket: address family " + family.name() + " is not supported here");
  }

  private static int checked(int answer) throws IOException {
    if (answer < 0) {
      throw Errno.exception(-answer);
    }
    return answer;
  }

  boolean isOpen() {
    return fd != CLOSED;
  }

  /**
   * Returns the descriptor, which is only valid until {@link #close()}: after that, its number may
   * be reused.
   */
  int fd() throws ClosedChannelException {
    if (fd == CLOSED) {
      throw new ClosedChannelException();
    }
    return fd;
  }

  boolean isIpv6() {
    return family == SocketAddressCodec.AF_INET6;
  }

  short family() {
    return family;
  }

  /** Writes an address into the memory of calls, and returns its length. */
  int encode(SocketAddress address) throws IOException {
    return isUnix()
        ? UnixAddressCodec.encode(address, memory.address)
        : SocketAddressCodec.encode(address, family, memory.address);
  }

  void bind(SocketAddress local) throws IOException {
    int length = encode(local);
    checked(LinuxCalls.bind(memory.state, fd(), memory.address, length));
  }

  boolean isUnix() {
    return family == UnixAddressCodec.AF_UNIX;
  }

  /** Returns the address that the last call has stored in the memory of calls. */
  SocketAddress decode() {
    return isUnix()
        ? UnixAddressCodec.decode(memory.address, memory.filledAddressLength())
        : SocketAddressCodec.decode(memory.address);
  }

  void listen(int backlog) throws IOException {
    checked(LinuxCalls.listen(memory.state, fd(), backlog));
  }

  /** Starts connecting; returns {@code false} if that continues. */
  boolean connect(SocketAddress remote) throws IOException {
    int length = encode(remote);
    int answer = LinuxCalls.connect(memory.state, fd(), memory.address, length);
    if (answer == -Errno.EINPROGRESS || answer == -Errno.EINTR) {
      return false; // an interrupted connect continues, too, and must not be repeated
    }
    if (answer == -Errno.EAGAIN && isUnix()) {
      return false; // the backlog is full; for TCP it means that no port is left
    }
    checked(answer);
    return true;
  }

  /** Throws the error of a connect, once. */
  void throwPendingError() throws IOException {
    int error = option(SOL_SOCKET, SO_ERROR);
    if (error != 0) {
      throw Errno.exception(error);
    }
  }

  /**
   * Accepts a connection; returns {@code null} if none waits. Until the next call, {@link
   * #acceptedPeer()} returns the address of the peer.
   */
  @Nullable LinuxSocket accept() throws IOException {
    int answer;
    do {
      answer =
          LinuxCalls.accept4(
              memory.state,
              fd(),
              memory.address,
              memory.addressLength(),
              SOCK_NONBLOCK | SOCK_CLOEXEC);
    } while (answer == -Errno.EINTR);
    if (answer == -Errno.EAGAIN) {
      return null;
    }
    if (answer < 0) {
      throw Errno.acceptException(-answer);
    }
    return new LinuxSocket(memory, family, answer);
  }

  SocketAddress acceptedPeer() {
    return decode();
  }

  SocketAddress localAddress() throws IOException {
    checked(LinuxCalls.getsockname(memory.state, fd(), memory.address, memory.addressLength()));
    return decode();
  }

  /** Returns the address of the peer; {@code null} if the socket is not connected. */
  @Nullable SocketAddress remoteAddress() throws IOException {
    int answer = LinuxCalls.getpeername(memory.state, fd(), memory.address, memory.addressLength());
    if (answer == -Errno.ENOTCONN) {
      return null;
    }
    checked(answer);
    return decode();
  }

  int read(ByteBuffer target) throws IOException {
    if (target.isReadOnly()) {
      throw new IllegalArgumentException("cannot read into a read-only buffer");
    }
    int descriptor = fd();
    MemorySegment segment = MemorySegment.ofBuffer(target);
    long room = chunk(segment);
    if (room == 0) {
      return 0; // recv() would return 0, which means the end of the stream
    }
    long answer;
    do {
      answer = LinuxCalls.recv(memory.state, descriptor, segment, room, 0);
    } while (answer == -Errno.EINTR);
    if (answer == 0) {
      return -1;
    }
    int read = (int) transferred(answer);
    target.position(target.position() + read);
    return read;
  }

  /** Writes what the system takes; heap memory in pieces, as long as it takes all of a piece. */
  int write(ByteBuffer source) throws IOException {
    int descriptor = fd();
    int start = source.position();
    long length;
    long written;
    do {
      MemorySegment segment = MemorySegment.ofBuffer(source);
      length = chunk(segment);
      written = length == 0 ? 0 : send(descriptor, segment, length);
      source.position(source.position() + (int) written);
    } while (written == length && source.hasRemaining());
    return source.position() - start;
  }

  private long send(int descriptor, MemorySegment segment, long length) throws IOException {
    long answer;
    do {
      answer = LinuxCalls.send(memory.state, descriptor, segment, length, MSG_NOSIGNAL);
    } while (answer == -Errno.EINTR);
    return transferred(answer);
  }

  /**
   * Returns a length that is never more than the size of the segment, because only that memory is
   * held.
   */
  private static long chunk(MemorySegment segment) {
    return segment.isNative() ? segment.byteSize() : Math.min(segment.byteSize(), HEAP_CHUNK);
  }

  /** Writes what the system takes; as many buffers at a time as the vector has room for. */
  long write(ByteBuffer[] sources, int count) throws IOException {
    long total = 0;
    int first = 0;
    long written;
    do {
      MemorySegment message = memory.vector.fill(sources, first, count);
      written = send(message);
      total += written;
      first = GatherVector.advance(sources, first, count, written);
    } while (written == memory.vector.offered() && first < count);
    return total;
  }

  private long send(MemorySegment message) throws IOException {
    int descriptor = fd();
    long answer;
    do {
      answer = LinuxCalls.sendmsg(memory.state, descriptor, message, MSG_NOSIGNAL);
    } while (answer == -Errno.EINTR);
    return transferred(answer);
  }

  private static long transferred(long answer) throws IOException {
    if (answer >= 0) {
      return answer;
    }
    if (answer == -Errno.EAGAIN) {
      return 0;
    }
    throw Errno.exception((int) -answer);
  }

  /** Lets the kernel copy a file; returns -1 if the file ends at the position. */
  long sendFile(LinuxFile file, long position, long count) throws IOException {
    int descriptor = fd();
    long answer;
    do {
      memory.option.set(JAVA_LONG, 0, position);
      answer =
          FileCalls.sendfile(
              memory.state, descriptor, file.fd(), memory.option, Math.min(count, MAX_SENDFILE));
    } while (answer == -Errno.EINTR);
    if (answer == -Errno.EINVAL || answer == -Errno.ENOSYS || answer == -Errno.EOPNOTSUPP) {
      throw new SendFileNotAvailableException(
          "cannot copy the file by sendfile: " + LinuxCalls.strerror((int) -answer));
    }
    if (answer < 0 && Errno.isOfFile((int) -answer)) {
      throw new IOException("cannot read the file: " + LinuxCalls.strerror((int) -answer));
    }
    return answer == 0 && count > 0 ? -1 : transferred(answer);
  }

  void shutdownOutput() throws IOException {
    int answer = LinuxCalls.shutdown(memory.state, fd(), SHUT_WR);
    if (answer != -Errno.ENOTCONN) { // the peer has reset it
      checked(answer);
    }
  }

  int option(int level, int name) throws IOException {
    readOption(level, name, Integer.BYTES);
    return memory.option.get(JAVA_INT, 0);
  }

  void setOption(int level, int name, int value) throws IOException {
    memory.option.set(JAVA_INT, 0, value);
    writeOption(level, name, Integer.BYTES);
  }

  /** Reads an option of two numbers: returns the second if the first is not 0, otherwise -1. */
  int optionalOption(int level, int name) throws IOException {
    readOption(level, name, 2 * Integer.BYTES);
    return memory.option.get(JAVA_INT, 0) == 0 ? -1 : memory.option.get(JAVA_INT, Integer.BYTES);
  }

  /** Sets an option of two numbers. */
  void setOptionalOption(int level, int name, int value) throws IOException {
    memory.option.set(JAVA_INT, 0, value < 0 ? 0 : 1);
    memory.option.set(JAVA_INT, Integer.BYTES, Math.max(value, 0));
    writeOption(level, name, 2 * Integer.BYTES);
  }

  /** Reads an option of four bytes. */
  byte[] bytesOption(int level, int name) throws IOException {
    readOption(level, name, Integer.BYTES);
    return memory.option.asSlice(0, Integer.BYTES).toArray(JAVA_BYTE);
  }

  /** Sets an option that is a {@code struct ip_mreqn}: a group, an address and an interface. */
  void setInterface(int level, int name, byte[] address, int index) throws IOException {
    memory.option.fill((byte) 0);
    MemorySegment.copy(address, 0, memory.option, JAVA_BYTE, Integer.BYTES, address.length);
    memory.option.set(JAVA_INT, 2 * Integer.BYTES, index);
    writeOption(level, name, 3 * Integer.BYTES);
  }

  /**
   * Returns the process, user and group at the other end of a Unix socket ({@code struct ucred}).
   */
  int[] peerCredentials() throws IOException {
    readOption(SOL_SOCKET, SO_PEERCRED, 3 * Integer.BYTES);
    return memory.option.asSlice(0, 3 * Integer.BYTES).toArray(JAVA_INT);
  }

  private void readOption(int level, int name, int size) throws IOException {
    MemorySegment length = memory.length(size);
    checked(LinuxCalls.getsockopt(memory.state, fd(), level, name, memory.option, length));
  }

  private void writeOption(int level, int name, int size) throws IOException {
    writeOption(level, name, memory.option, size);
  }

  /** Sets an option of any form, from memory of the driver. */
  void writeOption(int level, int name, MemorySegment value, int size) throws IOException {
    checked(LinuxCalls.setsockopt(memory.state, fd(), level, name, value, size));
  }

  /** Closes the descriptor only once, because its number may be reused immediately. */
  void close() {
    if (fd != CLOSED) {
      int closing = fd;
      fd = CLOSED;
      memory.sockets.remove(closing);
      LinuxCalls.close(closing);
    }
  }
}
