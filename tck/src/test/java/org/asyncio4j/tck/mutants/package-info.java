/**
 * Mutants: loops that are correct but for one defect, and the tests that the rules find each.
 *
 * <p>The defects lie in a folder for each chapter of SPEC.md, in the order of their rules: {@code
 * running} (1), {@code callbacks} (2), {@code threads} (3), {@code futures} (4), {@code tasks} (5
 * and 6), {@code hooks} (7), {@code clients} (8), {@code servers} (9), {@code transports} (10 and
 * 11), {@code waiting} (12), {@code limits} (13), {@code sync} (14), {@code eager} (15), {@code
 * streams} (16), {@code tls} (17), {@code datagrams} (18), {@code unix} (19), {@code sockets} (20).
 * {@code harness} has the words in which they are described.
 */
package org.asyncio4j.tck.mutants;
