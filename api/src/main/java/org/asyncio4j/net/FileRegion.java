package org.asyncio4j.net;

import static java.util.Objects.requireNonNull;

import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * A part of a file to be sent: the file, offset and count of {@code loop.sendfile}.
 *
 * @param file the file
 * @param offset where the part begins, in bytes from the beginning of the file
 * @param count how many bytes it has at most; up to the end of the file if absent
 */
public record FileRegion(Source file, long offset, OptionalLong count) {

  /** How a file is given. */
  public sealed interface Source {}

  /**
   * A file that the loop opens and closes. Every loop that can have the system copy files can do so
   * with these.
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
   * A file that the caller has opened for reading, and closes. A loop that does not come by the
   * system's descriptor of a channel reads it instead.
   *
   * @param channel the channel, which must stay open until everything is sent
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
          "offset must not be negative but was %d; use 0 for the beginning".formatted(offset));
    }
    if (count.isPresent() && count.getAsLong() < 0) {
      throw new IllegalArgumentException(
          "count must not be negative but was %d; leave it out for all of the file"
              .formatted(count.getAsLong()));
    }
  }

  /**
   * Returns the whole of a file.
   *
   * @param path the file, which the loop opens and closes
   * @return the region
   */
  public static FileRegion of(Path path) {
    return new FileRegion(new OfPath(path), 0, OptionalLong.empty());
  }

  /**
   * Returns the whole of a file.
   *
   * @param channel the file, open for reading, which the caller closes. Its position does not
   *     matter
   * @return the region
   */
  public static FileRegion of(FileChannel channel) {
    return new FileRegion(new OfChannel(channel), 0, OptionalLong.empty());
  }

  /**
   * Returns this region with another beginning.
   *
   * @param changed where it begins, in bytes from the beginning of the file
   * @return the region
   * @throws IllegalArgumentException if it is negative
   */
  public FileRegion withOffset(long changed) {
    return new FileRegion(file, changed, count);
  }

  /**
   * Returns this region with another length.
   *
   * @param changed how many bytes it has at most
   * @return the region
   * @throws IllegalArgumentException if it is negative
   */
  public FileRegion withCount(long changed) {
    return new FileRegion(file, offset, OptionalLong.of(changed));
  }
}
