/**
 * Catalogues: signed indexes of plugins, in the format of the OSGi Repository Service Specification
 * (OSGi Compendium 132.5), and what is installed from them.
 */
@NullMarked
package io.caracal.plugin.manager.internal.catalogue;

import org.jspecify.annotations.NullMarked;
