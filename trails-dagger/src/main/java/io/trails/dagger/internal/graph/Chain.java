package io.trails.dagger.internal.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The calls from the root of the schema to an object or a value. Immutable. */
record Chain(List<Call> calls) {
    private static final Chain ROOT = new Chain(List.of());

    Chain {
        calls = List.copyOf(calls);
    }

    static Chain start(String field, Argument... arguments) {
        return ROOT.then(field, arguments);
    }

    static Chain load(ObjectId id) {
        return new Chain(List.of(new Call.Load(id)));
    }

    Chain then(String field, Argument... arguments) {
        return then(field, List.of(arguments));
    }

    Chain then(String field, List<Argument> arguments) {
        var longer = new ArrayList<Call>(calls.size() + 1);
        longer.addAll(calls);
        longer.add(new Call.Field(field, arguments));
        return new Chain(longer);
    }

    /** With a last argument that is given only where there is a value for it. */
    Chain then(String field, Optional<Argument> last, Argument... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        last.ifPresent(all::add);
        return then(field, all);
    }
}
