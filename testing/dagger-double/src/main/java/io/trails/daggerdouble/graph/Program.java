package io.trails.daggerdouble.graph;

import io.trails.daggerdouble.run.Cancel;
import io.trails.daggerdouble.run.Command;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A container's program that runs as a service. */
final class Program implements Running {

    private static final String HERE = "127.0.0.1";
    private static final int PROBE = 20;
    private static final int GRACE = 10;
    private static final int HEALTHY = 60_000;

    private final Cancel cancel = new Cancel();
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();
    private final StringBuilder said = new StringBuilder();
    private final CompletableFuture<Process> process = new CompletableFuture<>();
    private final List<Value.Port> ports;

    private Program(List<Value.Port> ports) {
        this.ports = ports;
    }

    static Program start(Engine engine, Command command, List<Value.Port> ports, Caller caller) {
        Program program = new Program(ports);
        engine.threads.newThread(() -> program.run(engine, command)).start();
        return caller.cancel().during(() -> program.awaitHealthy(command), program.cancel::cancel);
    }

    private void run(Engine engine, Command command) {
        engine.traffic.started();
        try {
            int exit = serve(engine, command);
            ended.complete(exit);
        } catch (IOException | RuntimeException e) {
            ended.completeExceptionally(e);
        }
    }

    /** Whoever learns of its end finds it counted no more. */
    private int serve(Engine engine, Command command) throws IOException {
        try {
            return engine.bubblewrap.serve(command, cancel, process::complete, said);
        } finally {
            engine.traffic.ended();
        }
    }

    private Program awaitHealthy(Command command) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(HEALTHY);
        for (Value.Port port : ports) {
            if (port.protocol.equals("UDP") || port.skipHealthcheck) {
                continue;
            }
            while (!accepts(port.port)) {
                Integer exit = exitWithin(PROBE);
                if (exit != null) {
                    throw new GraphFailure(
                            "exit code: " + exit,
                            Map.of(
                                    "_type",
                                    "EXEC_ERROR",
                                    "cmd",
                                    command.args(),
                                    "exitCode",
                                    exit,
                                    "stdout",
                                    said.toString().strip(),
                                    "stderr",
                                    ""));
                }
                if (System.nanoTime() > deadline) {
                    cancel.cancel();
                    throw new GraphFailure("health check timed out: port " + port.port);
                }
            }
        }
        return this;
    }

    private @Nullable Integer exitWithin(int millis) {
        try {
            return ended.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return null;
        } catch (ExecutionException e) {
            throw new GraphFailure("service failed: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GraphFailure("interrupted");
        }
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public String address() {
        return HERE;
    }

    @Override
    public List<Integer> ports() {
        return ports.stream().map(port -> port.port).toList();
    }

    @Override
    public CompletableFuture<?> end() {
        return ended;
    }

    @Override
    public void terminate() {
        // The program is the child of the namespace's first process.
        if (process.isDone()) {
            process.join().children().flatMap(ProcessHandle::children).forEach(ProcessHandle::destroy);
        }
    }

    @Override
    public void kill() {
        cancel.cancel();
        ended.handle((exit, failure) -> 0)
                .completeOnTimeout(0, GRACE, TimeUnit.SECONDS)
                .join();
    }
}
