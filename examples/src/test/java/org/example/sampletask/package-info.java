/** A task of a third party, as the loop author's guide shows it. */
package org.example.sampletask;
