/** What is normal on this network: learnt, written as a site profile, applied and compared. */
@NullMarked
package io.caracal.core.internal.site;

import org.jspecify.annotations.NullMarked;
