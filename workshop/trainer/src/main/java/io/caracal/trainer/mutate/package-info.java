/**
 * Attacks made harder to see, on captures: what an attacker can do to his own packets without
 * breaking his connections. Benign flows and the victims' packets stay what they were, but for the
 * acknowledgements and times that follow from the attacker's.
 */
@NullMarked
package io.caracal.trainer.mutate;

import org.jspecify.annotations.NullMarked;
