/**
 * The {@code history} view: what a flow's hosts and service used to do, over minutes to hours, and
 * what is new, rare, regular or unlike that in this flow.
 */
@NullMarked
package io.caracal.feature.internal.history;

import org.jspecify.annotations.NullMarked;
