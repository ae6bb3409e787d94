package io.trails.tck;

import io.trails.Isolation;
import io.trails.spi.Availability;
import io.trails.spi.ProbeContext;
import io.trails.spi.Provider;
import java.util.Set;

/** Does what a correct provider does, whatever its axis. */
abstract class DelegatingProvider<P extends Provider> {
    final P correct;

    DelegatingProvider(Class<P> axis, String id) {
        this(BuiltIn.provider(axis, id));
    }

    DelegatingProvider(P correct) {
        this.correct = correct;
    }

    public String id() {
        return correct.id();
    }

    public Availability probe(ProbeContext context) {
        return correct.probe(context);
    }

    public Set<Isolation> isolates() {
        return correct.isolates();
    }
}
