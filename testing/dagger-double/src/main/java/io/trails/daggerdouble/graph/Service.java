package io.trails.daggerdouble.graph;

/** A process that runs beside the requests of a session. */
final class Service extends Value {

    @Override
    String type() {
        return "Service";
    }

    String address(Caller caller) {
        return "127.0.0.1";
    }

    void stop(boolean kill) {}

    static Service ofHost(Args args) {
        return new Service();
    }

    static Service tunnel(Service service, Args args) {
        return new Service();
    }

    static Service ofContainer(Container container, Args args, io.trails.daggerdouble.graph.Engine engine) {
        return new Service();
    }
}
