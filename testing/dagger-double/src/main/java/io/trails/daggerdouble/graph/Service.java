package io.trails.daggerdouble.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that runs beside the requests of a session: a program, ports of the host, or a tunnel to another service. The same
 * service asked for twice runs once.
 */
final class Service extends Value {

    /** What starts it for a session. */
    interface Start {
        Running run(Services services, Caller caller);
    }

    /**
     * A port on both sides.
     *
     * @param frontend null for one of the engine's choice
     */
    record PortPair(@Nullable Integer frontend, int backend) {}

    final Lazy<String> key;
    final List<Value.Port> ports;
    final Start start;
    private final @Nullable String hostname;

    Service(Lazy<String> key, List<Value.Port> ports, Start start, @Nullable String hostname) {
        this.key = Lazy.once(key);
        this.ports = List.copyOf(ports);
        this.start = start;
        this.hostname = hostname;
    }

    @Override
    String type() {
        return "Service";
    }

    Service named(String name) {
        return new Service(key, ports, start, name);
    }

    String hostname(Caller caller) {
        return hostname == null ? key.get(caller).substring(0, 13) : hostname;
    }

    Running running(Caller caller, boolean explicit) {
        return caller.session().services.start(this, caller, explicit);
    }
}
