/**
 * Reports for people, made of metrics.json alone: tables as Markdown and on the terminal, and one
 * self-contained HTML file with plots.
 */
@NullMarked
package io.caracal.trainer.report;

import org.jspecify.annotations.NullMarked;
