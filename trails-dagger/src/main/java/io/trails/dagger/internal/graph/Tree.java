package io.trails.dagger.internal.graph;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an engine answered, as it came. Immutable. */
public sealed interface Tree {
    /**
     * An object.
     *
     * @param members in their order
     */
    record Members(Map<String, Tree> members) implements Tree {}

    record Items(List<Tree> items) implements Tree {
        public Items {
            items = List.copyOf(items);
        }
    }

    record Text(String text) implements Tree {}

    record Whole(long number) implements Tree {}

    record Truth(boolean truth) implements Tree {}

    /** {@code null}, or what is not there. */
    record Nothing() implements Tree {}

    /** The member of that name, or {@link Nothing}. */
    default Tree member(String name) {
        return this instanceof Members object ? object.members().getOrDefault(name, new Nothing()) : new Nothing();
    }

    /** The text, or empty for anything else. */
    default Optional<String> asText() {
        return this instanceof Text value ? Optional.of(value.text()) : Optional.empty();
    }

    /** The elements of an array, or none for anything else. */
    default List<Tree> elements() {
        return this instanceof Items array ? array.items() : List.of();
    }
}
