package io.trails.dagger.internal.graph;

import java.util.List;
import java.util.Map;

/** A request in the words of a dialect. Immutable. Neither {@code toString} nor an exception shows the query or a variable. */
public final class Document {
    private final String query;
    private final Map<String, String> variables;
    private final Map<Chain, List<String>> places;

    Document(String query, Map<String, String> variables, Map<Chain, List<String>> places) {
        this.query = query;
        this.variables = Map.copyOf(variables);
        this.places = Map.copyOf(places);
    }

    public String query() {
        return query;
    }

    /** Secrets. */
    public Map<String, String> variables() {
        return variables;
    }

    @Override
    public String toString() {
        return "a request with " + variables.size() + " variables";
    }

    /** The names that lead to a leaf's value in the answer, or none if it was not asked for. */
    List<String> place(Chain chain) {
        return places.getOrDefault(chain, List.of());
    }
}
