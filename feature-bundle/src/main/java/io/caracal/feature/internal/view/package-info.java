/**
 * Feature views: the one implementation of every column that models are trained on and score. The
 * columns' definitions are also the documentation, {@code docs/views/*.md} are generated from them.
 */
@NullMarked
package io.caracal.feature.internal.view;

import org.jspecify.annotations.NullMarked;
