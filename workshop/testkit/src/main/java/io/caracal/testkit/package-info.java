/**
 * What plugin authors test with: contracts that every detector, view and source must keep (extend
 * the class, say what is to be tested), and a small OSGi container for tests inside Felix.
 */
@NullMarked
package io.caracal.testkit;

import org.jspecify.annotations.NullMarked;
