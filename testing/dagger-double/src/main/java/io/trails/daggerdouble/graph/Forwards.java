package io.trails.daggerdouble.graph;

import io.trails.daggerdouble.run.Forward;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Ports of the host that containers reach, or ports of a service that the host reaches. */
final class Forwards implements Running {

    private final String address;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final List<Forward> forwards = new ArrayList<>();

    private Forwards(String address) {
        this.address = address;
    }

    static Forwards start(
            Engine engine,
            InetAddress at,
            List<Service.PortPair> ports,
            String target,
            String address,
            boolean ofHost,
            boolean same) {
        Forwards started = new Forwards(address);
        try {
            for (Service.PortPair pair : ports) {
                Integer frontend = pair.frontend();
                int port = frontend != null ? frontend : same ? pair.backend() : 0;
                Forward forward = new Forward(
                        new InetSocketAddress(at, port),
                        new InetSocketAddress(target, pair.backend()),
                        ofHost,
                        engine.threads);
                started.forwards.add(forward);
                if (ofHost) {
                    forward.probe();
                }
            }
            return started;
        } catch (IOException e) {
            started.kill();
            throw new GraphFailure("failed to listen: " + e.getMessage());
        }
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public List<Integer> ports() {
        return forwards.stream().map(Forward::port).toList();
    }

    @Override
    public CompletableFuture<?> end() {
        return end;
    }

    @Override
    public void terminate() {
        kill();
    }

    @Override
    public void kill() {
        end.complete(null);
        forwards.forEach(Forward::close);
    }
}
