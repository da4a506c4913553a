/** A loop of a third party, on asynchronous channels, which report what is done. */
package org.example.asyncchannel;
