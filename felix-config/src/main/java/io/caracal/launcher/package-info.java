/**
 * The launcher: parses the command line, starts the OSGi framework with the distribution's bundles
 * and hands the command to the core. Outside the framework; shares only JDK types and SLF4J with
 * the bundles.
 */
@NullMarked
package io.caracal.launcher;

import org.jspecify.annotations.NullMarked;
