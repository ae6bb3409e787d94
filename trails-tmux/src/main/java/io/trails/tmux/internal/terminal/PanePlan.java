package io.trails.tmux.internal.terminal;

import io.trails.RecordingOptions;
import io.trails.spi.Plan;
import io.trails.spi.TerminalRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What is going to be a pane. Immutable.
 *
 * @param label how people call the terminal
 * @param session the name of its tmux session, also its mark on processes; of safe characters, never used twice
 * @param server names the server: sixteen hexadecimal digits
 * @param directory where its files are on the host
 */
record PanePlan(
        String label,
        String session,
        String server,
        Path directory,
        boolean shell,
        int columns,
        int rows,
        int historyLines,
        Optional<RecordingOptions> recording) {
    private static final int NAME_LENGTH = 80;

    static PanePlan of(TerminalRequest request) {
        String name = request.sessionId() + "-" + request.name();
        // It goes into commands and paths; whoever calls may not keep to the rules for names.
        String readable =
                name.substring(0, Math.min(NAME_LENGTH, name.length())).replaceAll("[^a-z0-9-]", "-");
        byte[] random = new byte[8];
        new SecureRandom().nextBytes(random);
        Path shared = request.stateDirectory().orElse(request.directory().resolveSibling("tmux"));
        return new PanePlan(
                request.sessionId() + "/" + request.name(),
                readable + "-" + HexFormat.of().formatHex(random),
                hash(shared),
                request.directory(),
                request.command().isEmpty(),
                request.columns(),
                request.rows(),
                request.historyLines(),
                request.recording());
    }

    /** A socket's path is short, and a project's may be long. */
    private static String hash(Path path) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(path.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JVM has SHA-256", impossible);
        }
    }

    static PanePlan of(Plan plan) {
        Optional<RecordingOptions> recording = plan.find("recording").map(kind -> {
            var options = RecordingOptions.output().maxBytes(Long.parseLong(plan.get("recording-bytes")));
            return kind.equals("input") ? options.withInput() : options;
        });
        return new PanePlan(
                plan.get("name"),
                plan.get("session"),
                plan.get("server"),
                Path.of(plan.get("directory")),
                plan.get("runs").equals("shell"),
                Integer.parseInt(plan.get("columns")),
                Integer.parseInt(plan.get("rows")),
                Integer.parseInt(plan.get("history")),
                recording);
    }

    Plan toPlan() {
        Plan plan = Plan.empty()
                .with("name", label)
                .with("session", session)
                .with("server", server)
                .with("directory", directory.toString())
                .with("runs", shell ? "shell" : "program")
                .with("columns", Integer.toString(columns))
                .with("rows", Integer.toString(rows))
                .with("history", Integer.toString(historyLines));
        if (recording.isPresent()) {
            plan = plan.with("recording", recording.get().input() ? "input" : "output")
                    .with("recording-bytes", Long.toString(recording.get().maxBytes()));
        }
        return plan;
    }

    /** What its pane is called to tmux while nobody knows its number: exactly that session, its current pane. */
    String target() {
        return "=" + session + ":";
    }
}
