/**
 * The flow table: packets are counted into bidirectional flows, which end by timeout, by TCP's own
 * signs, by eviction or with the capture. One thread owns a table and everything in it.
 */
@NullMarked
package io.caracal.feature.internal.flow;

import org.jspecify.annotations.NullMarked;
