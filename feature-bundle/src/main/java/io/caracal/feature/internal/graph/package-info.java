/**
 * The {@code graph} view: hosts are nodes and flows are edges; a row shows the two ends of a flow
 * and those whom each met last.
 */
@NullMarked
package io.caracal.feature.internal.graph;

import org.jspecify.annotations.NullMarked;
