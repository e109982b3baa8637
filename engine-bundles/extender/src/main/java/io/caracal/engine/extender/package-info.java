/**
 * What the engines share: reading a data-only model bundle, checking it, and turning it into a
 * {@link io.caracal.api.detect.Detector} service for as long as the bundle is active and the views
 * it reads are there. Each engine bundle carries a private copy.
 */
@NullMarked
package io.caracal.engine.extender;

import org.jspecify.annotations.NullMarked;
