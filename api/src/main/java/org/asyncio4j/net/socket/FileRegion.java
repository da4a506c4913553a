package org.asyncio4j.net.socket;

import static java.util.Objects.requireNonNull;

import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * A part of a file to be sent: the file, offset and count of {@code loop.sendfile}.
 *
 * @param file the file
 * @param offset where the part begins, in bytes from the beginning of the file
 * @param count the maximum number of bytes; up to the end of the file if absent
 */
public record FileRegion(Source file, long offset, OptionalLong count) {

  /** The source of a file region. */
  public sealed interface Source {}

  /**
   * A file that the loop opens and closes. Every loop that lets the system copy files supports
   * these.
   *
   * @param path the path
   */
  public record OfPath(Path path) implements Source {

    /** Checks the components. */
    public OfPath {
      requireNonNull(path, "path");
    }
  }

  /**
   * A file that the caller has opened for reading and must close. A loop that cannot get the file
   * descriptor of a channel reads the file instead.
   *
   * @param channel the channel, which must stay open until the region is sent
   */
  public record OfChannel(FileChannel channel) implements Source {

    /** Checks the components. */
    public OfChannel {
      requireNonNull(channel, "channel");
    }
  }

  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException if the offset or the count is negative
   */
  public FileRegion {
    requireNonNull(file, "file");
    requireNonNull(count, "count");
    if (offset < 0) {
      throw new IllegalArgumentException(
          "offset must not be negative: %d; use 0 for the beginning".formatted(offset));
    }
    if (count.isPresent() && count.getAsLong() < 0) {
      throw new IllegalArgumentException(
          "count must not be negative: %d; omit it to send the whole file"
              .formatted(count.getAsLong()));
    }
  }

  /**
   * Returns a region for a whole file.
   *
   * @param path the file; the loop opens and closes it
   * @return the region
   */
  public static FileRegion of(Path path) {
    return new FileRegion(new OfPath(path), 0, OptionalLong.empty());
  }

  /**
   * Returns a region for a whole file.
   *
   * @param channel the file, open for reading; the caller must close it. Its position does not
   *     matter
   * @return the region
   */
  public static FileRegion of(FileChannel channel) {
    return new FileRegion(new OfChannel(channel), 0, OptionalLong.empty());
  }

  /**
   * Returns this region with the given offset.
   *
   * @param changed the offset in bytes from the beginning of the file
   * @return the region
   * @throws IllegalArgumentException if it is negative
   */
  public FileRegion withOffset(long changed) {
    return new FileRegion(file, changed, count);
  }

  /**
   * Returns this region with the given length.
   *
   * @param changed the maximum number of bytes
   * @return the region
   * @throws IllegalArgumentException if it is negative
   */
  public FileRegion withCount(long changed) {
    return new FileRegion(file, offset, OptionalLong.of(changed));
  }
}
