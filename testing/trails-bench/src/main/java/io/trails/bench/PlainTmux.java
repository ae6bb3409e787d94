package io.trails.bench;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A tmux server without configuration, and what most programs do with one: a process for each command. */
final class PlainTmux implements AutoCloseable {
    static final String KEEPER = "keeper";
    static final String IDLE = "exec sleep 100000";

    private final Path socket;
    private int named;

    private PlainTmux(Path socket) {
        this.socket = socket;
    }

    static PlainTmux start(Scratch scratch) throws IOException, InterruptedException {
        var server = new PlainTmux(scratch.project().resolve("t.sock"));
        server.create(KEEPER, IDLE);
        return server;
    }

    Path socket() {
        return socket;
    }

    /** A name that was not used before. */
    String name() {
        return "s" + named++;
    }

    void create(String name, String command) throws IOException, InterruptedException {
        run("new-session", "-d", "-s", name, "-x", "200", "-y", "50", command);
    }

    /** A session that runs the command, once it shows the text. */
    String shows(String command, String text) throws IOException, InterruptedException {
        String name = name();
        create(name, command);
        while (!run("capture-pane", "-p", "-t", target(name)).contains(text)) Thread.onSpinWait();
        return name;
    }

    static String target(String name) {
        return "=" + name + ":";
    }

    void kill(String name) throws IOException, InterruptedException {
        run("kill-session", "-t", "=" + name);
    }

    void fill(int sessions) throws IOException, InterruptedException {
        for (int i = 0; i < sessions; i++) create(name(), IDLE);
    }

    /** Ends all sessions but the keeper. */
    void empty() throws IOException, InterruptedException {
        run("kill-session", "-a", "-t", "=" + KEEPER);
    }

    long memory() throws IOException, InterruptedException {
        return Memory.of(run("display-message", "-p", "#{pid}").strip());
    }

    /** What one tmux process printed, which has to succeed. */
    String run(String... command) throws IOException, InterruptedException {
        return output(process(command));
    }

    /** What a process printed, which has to succeed. */
    static String output(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = process.waitFor();
        if (exit != 0) throw new IllegalStateException(builder.command() + " exited with " + exit + ": " + output);
        return output;
    }

    /** Whether one tmux process succeeds. */
    boolean succeeds(String... command) throws IOException, InterruptedException {
        Process process = silent(command).start();
        process.getOutputStream().close();
        return process.waitFor() == 0;
    }

    ProcessBuilder silent(String... command) {
        return process(command).redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD);
    }

    private ProcessBuilder process(String... command) {
        List<String> argv = new ArrayList<>(List.of("tmux", "-S", socket.toString(), "-f", "/dev/null"));
        argv.addAll(List.of(command));
        return clean(new ProcessBuilder(argv));
    }

    /** Without what would lead it to a server of the user's. */
    static ProcessBuilder clean(ProcessBuilder process) {
        process.environment().keySet().removeAll(List.of("TMUX", "TMUX_PANE", "TMUX_TMPDIR"));
        process.environment().put("TERM", "xterm-256color");
        return process;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        run("kill-server");
    }
}
