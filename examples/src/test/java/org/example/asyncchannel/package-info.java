/** A third-party loop on asynchronous channels, which report completed operations. */
package org.example.asyncchannel;
