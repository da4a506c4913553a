/** The third-party task of the guide for loop authors. */
package org.example.sampletask;
