/** Events over HTTP: webhooks, Elasticsearch and the Splunk HTTP Event Collector. */
@NullMarked
package io.caracal.alert.http.internal;

import org.jspecify.annotations.NullMarked;
