package io.trails.dagger.internal.graph;

import java.util.ArrayList;
import java.util.OptionalInt;

/**
 * A port of the host that containers reach.
 *
 * @param frontend as containers see it; empty for the same number
 * @param backend as the host has it
 * @param protocol of both
 */
public record Port(OptionalInt frontend, int backend, Protocol protocol) {
    /** The same TCP port on both sides. */
    public static Port tcp(int number) {
        return new Port(OptionalInt.empty(), number, Protocol.TCP);
    }

    Value value() {
        var members = new ArrayList<Argument>();
        frontend.ifPresent(number -> members.add(Argument.whole("frontend", number)));
        members.add(Argument.whole("backend", backend));
        members.add(Argument.word("protocol", protocol));
        return new Value.Members(members);
    }
}
