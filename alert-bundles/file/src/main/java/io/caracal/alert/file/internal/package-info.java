/** Events as lines of a file. */
@NullMarked
package io.caracal.alert.file.internal;

import org.jspecify.annotations.NullMarked;
