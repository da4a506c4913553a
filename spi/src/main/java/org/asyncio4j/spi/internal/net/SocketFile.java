package org.asyncio4j.spi.internal.net;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The file of a Unix socket that a server or an endpoint has bound. It is identified by its inode,
 * since another server may replace it at any time.
 */
public final class SocketFile {

  private static final int TYPE_MASK = 0xf000;
  private static final int SOCKET = 0xc000;

  private final Path path;
  private final @Nullable Object inode;
  private boolean deleted;

  private SocketFile(Path path, @Nullable Object inode) {
    this.path = path;
    this.inode = inode;
  }

  /** Returns the file of an address, if it has one. */
  public static Optional<Path> pathOf(SocketAddress address) {
    return address instanceof UnixDomainSocketAddress file && !file.getPath().toString().isEmpty()
        ? Optional.of(file.getPath())
        : Optional.empty();
  }

  /** Deletes an existing socket file before a new one is bound; deletes nothing else. */
  public static void clear(Path path) throws IOException {
    if (isSocket(path)) {
      Files.deleteIfExists(path);
    }
  }

  /** Returns the file that was just bound. */
  public static SocketFile bound(Path path) {
    // Works for relative paths, too: the working directory of a JVM never changes.
    return new SocketFile(path, inodeOf(path));
  }

  /**
   * Deletes the file, unless it now belongs to another server. Never throws. Further calls do
   * nothing: once the socket is closed, a new file may have its inode.
   */
  public void delete() {
    if (deleted) {
      return;
    }
    deleted = true;
    if (inode == null || !inode.equals(inodeOf(path))) {
      return;
    }
    try {
      Files.deleteIfExists(path);
    } catch (IOException ignored) {
      // The next server deletes it.
    }
  }

  private static @Nullable Object inodeOf(Path path) {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    } catch (IOException gone) {
      return null;
    }
  }

  private static boolean isSocket(Path path) {
    try {
      if (!FileSystems.getDefault().supportedFileAttributeViews().contains("unix")) {
        // On Windows, only a socket is neither a file, a directory nor a link.
        return Files.readAttributes(path, BasicFileAttributes.class).isOther();
      }
      return Files.getAttribute(path, "unix:mode") instanceof Integer mode
          && (mode & TYPE_MASK) == SOCKET;
    } catch (IOException gone) {
      return false;
    }
  }
}
