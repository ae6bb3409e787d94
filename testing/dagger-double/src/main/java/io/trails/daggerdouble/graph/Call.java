package io.trails.daggerdouble.graph;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a value came about.
 *
 * @param receiver null for a field of the query
 * @param args as they were given, values in place of ids
 */
record Call(@Nullable Value receiver, String field, Map<String, Object> args) {}
