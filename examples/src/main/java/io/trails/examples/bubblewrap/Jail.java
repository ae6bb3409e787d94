package io.trails.examples.bubblewrap;

import io.trails.Command;
import io.trails.TrailsException;
import io.trails.spi.LaunchingSandbox;
import io.trails.spi.Sandbox;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What bubblewrap is told for a session.
 *
 * @param host where bubblewrap runs
 * @param workspace the only directory that can be written
 * @param state what trails keeps; it may lie in the workspace
 */
record Jail(Sandbox host, Path workspace, Optional<Path> state) implements LaunchingSandbox.Launcher {
    /** Read-only files say nothing to the sockets among them, so their folders are replaced by empty ones. */
    private static final List<Path> HIDDEN = List.of(Path.of("/tmp"), Path.of("/run"));

    @Override
    public List<String> before(Command command, boolean held) {
        Path directory = workspace.resolve(command.directory().orElse(workspace));
        Path program = directory.resolve(command.argv().get(0));
        if (isHidden(directory) || isHidden(program)) {
            String message = program + " in " + directory + " is hidden from the session; copy it to " + workspace;
            throw new TrailsException("exec.not-started", message);
        }
        host.inside(command, "acme.bubblewrap/check"); // starts nothing, and throws what cannot be started
        List<String> bwrap = bwrap(workspace);
        state.map(Path::toString).ifPresent(path -> bwrap.addAll(List.of("--ro-bind-try", path, path)));
        if (!held) bwrap.add("--new-session"); // else it could type into the host's own terminal
        return bwrap;
    }

    private boolean isHidden(Path path) {
        Path plain = path.normalize();
        return !plain.startsWith(workspace) && HIDDEN.stream().anyMatch(plain::startsWith);
    }

    static List<String> bwrap(Path workspace) {
        var arguments = new ArrayList<>(List.of("bwrap", "--unshare-all", "--ro-bind", "/", "/"));
        arguments.addAll(List.of("--dev", "/dev", "--proc", "/proc"));
        for (Path hidden : HIDDEN) arguments.addAll(List.of("--tmpfs", hidden.toString()));
        arguments.addAll(List.of("--bind", workspace.toString(), workspace.toString()));
        return arguments;
    }
}
