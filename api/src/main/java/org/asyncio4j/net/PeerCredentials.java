package org.asyncio4j.net;

import static java.util.Objects.requireNonNull;

import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;
import java.util.OptionalLong;

/**
 * Who is at the other end of a Unix socket, as the system vouches for it: as of the moment at which
 * it connected or listened. asyncio leaves it to {@code SO_PEERCRED} of the socket.
 *
 * @param user the effective user; comparable to the owner of a file
 * @param group the effective group
 * @param processId the process, if the loop can tell; it may have ended, and another may have its
 *     number
 */
public record PeerCredentials(UserPrincipal user, GroupPrincipal group, OptionalLong processId) {

  /** Checks the components. */
  public PeerCredentials {
    requireNonNull(user, "user");
    requireNonNull(group, "group");
    requireNonNull(processId, "processId");
  }
}
