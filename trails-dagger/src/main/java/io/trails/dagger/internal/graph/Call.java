package io.trails.dagger.internal.graph;

import java.util.List;

/** One link of a chain. Immutable. */
sealed interface Call {
    /** A field of whatever the chain has reached. */
    record Field(String name, List<Argument> arguments) implements Call {
        public Field {
            arguments = List.copyOf(arguments);
        }
    }

    /** The object that an id names, at the start of a chain. How it is asked for depends on the dialect. */
    record Load(ObjectId id) implements Call {}
}
