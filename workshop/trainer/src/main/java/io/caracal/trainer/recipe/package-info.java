/** Recipes: everything that decides what a training run makes, as TOML. */
@NullMarked
package io.caracal.trainer.recipe;

import org.jspecify.annotations.NullMarked;
