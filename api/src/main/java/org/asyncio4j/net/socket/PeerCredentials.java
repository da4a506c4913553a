package org.asyncio4j.net.socket;

import static java.util.Objects.requireNonNull;

import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;
import java.util.OptionalLong;

/**
 * The credentials of the peer of a Unix socket, as the system recorded them when the peer connected
 * or listened. In asyncio, programs read {@code SO_PEERCRED} of the socket.
 *
 * @param user the effective user; comparable to the owner of a file
 * @param group the effective group
 * @param processId the process, if known to the loop; it may have ended, and its number may have
 *     been reused
 */
public record PeerCredentials(UserPrincipal user, GroupPrincipal group, OptionalLong processId) {

  /** Checks the components. */
  public PeerCredentials {
    requireNonNull(user, "user");
    requireNonNull(group, "group");
    requireNonNull(processId, "processId");
  }
}
