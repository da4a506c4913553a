package org.asyncio4j.loop.epoll;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.Charset;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.asyncio4j.net.SendFileNotAvailableException;
import org.asyncio4j.net.socket.FileRegion;
import org.asyncio4j.spi.driver.SendableFile;

/** The descriptor of a file that is open for reading. */
final class LinuxFile implements SendableFile {

  private static final int O_RDONLY = 0;
  private static final int O_NONBLOCK = 0x800; // a FIFO without a writer must not block the loop
  private static final int O_CLOEXEC = 0x80000;
  private static final int ENOENT = 2;
  private static final int CLOSED = -1;
  // The encoding that the JDK uses for file names.
  private static final Charset FILE_NAMES =
      Charset.forName(System.getProperty("sun.jnu.encoding", UTF_8.name()), UTF_8);

  private int fd;

  private LinuxFile(int fd) {
    this.fd = fd;
  }

  static LinuxFile open(CallMemory memory, FileRegion.Source source) throws IOException {
    if (!(source instanceof FileRegion.OfPath(Path path))
        || path.getFileSystem() != FileSystems.getDefault()) {
      throw new SendFileNotAvailableException(
          "cannot copy %s by sendfile: the JDK has no public API for the descriptor of a channel; pass a Path of the default file system"
              .formatted(source));
    }
    // A separate arena, because paths have no maximum length.
    MemorySegment name = Arena.ofAuto().allocateFrom(path.toString(), FILE_NAMES);
    int answer;
    do {
      answer = FileCalls.open(memory.state, name, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    } while (answer == -Errno.EINTR);
    if (answer < 0) {
      throw exception(-answer, path.toString());
    }
    return new LinuxFile(answer);
  }

  private static FileSystemException exception(int errno, String path) {
    return switch (errno) {
      case ENOENT -> new NoSuchFileException(path);
      case Errno.EACCES -> new AccessDeniedException(path);
      default -> new FileSystemException(path, null, LinuxCalls.strerror(errno));
    };
  }

  int fd() {
    return fd;
  }

  @Override
  public void close() {
    if (fd != CLOSED) {
      int closing = fd;
      fd = CLOSED;
      LinuxCalls.close(closing);
    }
  }
}
