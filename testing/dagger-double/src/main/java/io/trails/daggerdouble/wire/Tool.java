package io.trails.daggerdouble.wire;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The {@code dagger} command line tool, as far as a library uses it: {@code dagger session}. The script around it tells the version. */
public final class Tool {

    private static final long LINGER = 120_000;

    private Tool() {}

    public static void main(String[] args) throws IOException {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        System.exit(run(List.of(args), System.getenv(), out, err));
    }

    private static int run(List<String> args, Map<String, String> env, PrintStream out, PrintStream err)
            throws IOException {
        String version = System.getProperty("dagger.version", "v0.0.0");
        if (!args.contains("session")) {
            err.println("Error: unknown command \"" + String.join(" ", args) + "\" for \"dagger\"");
            return 1;
        }
        if (env.containsKey("DAGGER_SESSION_PORT")) {
            err.println("Error: connect to nested session: session token not valid here");
            return 1;
        }
        String runner = env.getOrDefault("_EXPERIMENTAL_DAGGER_RUNNER_HOST", "");
        if (runner.isEmpty()) {
            err.println("Error: start engine: driver for scheme \"image\": docker is not installed");
            return 1;
        }
        String workdir = Path.of(option(args, "--workdir", "."))
                .toAbsolutePath()
                .normalize()
                .toString();
        err.println("1   : connect");
        SessionClient session;
        try {
            session = new SessionClient(runner, version, option(args, "--version", version), workdir);
        } catch (SessionClient.Refused e) {
            err.println("Error: start engine: " + e.getMessage());
            return 1;
        } catch (IOException e) {
            err.println("Error: start engine: new client: failed to connect to " + runner + ": " + e.getMessage());
            return 1;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(session), "dagger-end"));
        err.println("1   : connect DONE");
        out.println("{\"port\":" + session.port() + ",\"session_token\":\"" + session.token() + "\"}");
        System.in.transferTo(OutputStream.nullOutputStream());
        if (!session.end()) {
            linger();
        }
        return 0;
    }

    /** The real tool doesn't end by itself when its engine was lost. This one does, but not so soon that anybody could wait for it. */
    private static void linger() {
        try {
            Thread.sleep(LINGER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(SessionClient session) {
        try {
            session.close();
        } catch (IOException e) {
            // The engine is gone, and the session with it.
        }
    }

    private static String option(List<String> args, String name, String otherwise) {
        for (int i = 0; i < args.size(); i++) {
            if (args.get(i).equals(name) && i + 1 < args.size()) {
                return args.get(i + 1);
            }
            if (args.get(i).startsWith(name + "=")) {
                return args.get(i).substring(name.length() + 1);
            }
        }
        return otherwise;
    }
}
