package io.trails.dagger.internal.graph;

import java.util.List;

/** What an argument is given. Immutable. */
sealed interface Value {
    /**
     * A text that becomes part of the query.
     *
     * @param text any, well-formed
     */
    record Text(String text) implements Value {
        public Text {
            WellFormed.check(text);
        }
    }

    /** A text that never becomes part of a query, only of its variables. */
    record Hidden(String text) implements Value {
        public Hidden {
            WellFormed.check(text);
        }

        @Override
        public String toString() {
            return "Hidden";
        }
    }

    record Whole(long number) implements Value {}

    record Truth(boolean truth) implements Value {}

    /**
     * A constant of an enumeration.
     *
     * @param name of the constant
     */
    record Word(String name) implements Value {}

    record Items(List<Value> items) implements Value {
        public Items {
            items = List.copyOf(items);
        }

        static Items texts(List<String> texts) {
            return new Items(texts.stream().map(text -> (Value) new Text(text)).toList());
        }
    }

    /**
     * An input object.
     *
     * @param members in the order in which they are written
     */
    record Members(List<Argument> members) implements Value {
        public Members {
            members = List.copyOf(members);
        }
    }
}
