package io.trails.daggerdouble.graph;

import io.trails.daggerdouble.graph.Value.Container;
import io.trails.daggerdouble.graph.Value.Host;
import io.trails.daggerdouble.graph.Value.Port;
import io.trails.daggerdouble.run.Command;
import io.trails.daggerdouble.tree.Sha;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

final class ServiceFields {

    private ServiceFields() {}

    static void addTo(Fields fields) {
        fields.add(
                Container.class, "asService", (container, args, context) -> program(container, args, context.engine()));
        fields.add(Host.class, "service", (host, args, context) -> ofHost(args, context.engine()));
        fields.add(
                Host.class,
                "tunnel",
                (host, args, context) -> tunnel(args.value("service", Service.class), args, context.engine()));
        fields.add(Service.class, "start", (service, args, context) -> {
            service.running(context.caller(), true);
            return service;
        });
        fields.add(Service.class, "sync", (service, args, context) -> service);
        fields.add(Service.class, "stop", (service, args, context) -> {
            context.caller().session().services.stop(service, context.caller(), args.flag("kill"));
            return service;
        });
        fields.add(Service.class, "hostname", (service, args, context) -> service.hostname(context.caller()));
        fields.add(Service.class, "withHostname", (service, args, context) -> service.named(args.string("hostname")));
        fields.add(Service.class, "endpoint", (service, args, context) -> endpoint(service, args, context.caller()));
        fields.add(Service.class, "ports", (service, args, context) -> {
            if (!service.ports.isEmpty()) {
                return service.ports;
            }
            return service.running(context.caller(), true).ports().stream()
                    .map(port -> new Port(port, "TCP", true))
                    .toList();
        });
    }

    private static Service program(Container container, Args args, Engine engine) {
        ContainerFields.refuse(args, engine);
        Lazy<Command> command = Lazy.once(caller -> engine.execs.command(container, args, caller));
        Lazy<String> key = caller -> engine.execs.key(command.get(caller), container.spec);
        return new Service(
                key,
                container.spec.ports,
                (services, caller) -> {
                    Map<String, String> hosts = Execs.attach(container.spec, caller, new ArrayList<>());
                    return Program.start(
                            engine,
                            command.get(caller)
                                    .with(
                                            hosts,
                                            Execs.telemetry(command.get(caller).env())),
                            container.spec.ports,
                            caller);
                },
                null);
    }

    private static Service ofHost(Args args, Engine engine) {
        List<Service.PortPair> ports = pairs(args);
        String host = args.string("host");
        String key = new Sha().add("host").add(host).add(ports.toString()).hex();
        return new Service(
                Lazy.of(key),
                ports.stream()
                        .map(pair -> new Port(pair.frontend() == null ? pair.backend() : pair.frontend(), "TCP", true))
                        .toList(),
                (services, caller) -> {
                    String address = engine.nextLoopback();
                    return Forwards.start(engine, address(address), ports, host, address, true, true);
                },
                null);
    }

    private static Service tunnel(Service target, Args args, Engine engine) {
        List<Service.PortPair> given = pairs(args);
        List<Service.PortPair> ports = new ArrayList<>(given);
        if (given.isEmpty()) {
            target.ports.forEach(port -> ports.add(new Service.PortPair(null, port.port)));
        }
        boolean same = args.flag("native");
        return new Service(
                caller -> new Sha()
                        .add("tunnel")
                        .add(target.key.get(caller))
                        .add(ports.toString())
                        .hex(),
                List.of(),
                (services, caller) -> {
                    String address = target.running(caller, false).address();
                    // All addresses of the machine, as the real tunnel does.
                    return Forwards.start(engine, address("0.0.0.0"), ports, address, "localhost", false, same);
                },
                "localhost");
    }

    private static List<Service.PortPair> pairs(Args args) {
        List<Service.PortPair> pairs = new ArrayList<>();
        for (Object one : args.list("ports")) {
            Map<?, ?> port = (Map<?, ?>) one;
            Integer frontend = port.get("frontend") instanceof Number number ? number.intValue() : null;
            if (port.get("backend") instanceof Number backend) {
                pairs.add(new Service.PortPair(frontend, backend.intValue()));
            }
        }
        return pairs;
    }

    private static String endpoint(Service service, Args args, Caller caller) {
        Integer port = args.number("port");
        if (port == null) {
            List<Integer> ports = service.ports.isEmpty()
                    ? service.running(caller, true).ports()
                    : service.ports.stream().map(one -> one.port).toList();
            if (ports.isEmpty()) {
                throw new GraphFailure("no ports exposed");
            }
            port = ports.get(0);
        }
        String scheme = args.string("scheme");
        return (scheme.isEmpty() ? "" : scheme + "://") + service.hostname(caller) + ":" + port;
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new GraphFailure("no such host: " + text);
        }
    }
}
