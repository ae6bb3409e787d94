package io.trails.internal.terminal;

import io.trails.Command;
import io.trails.ExecResult;
import io.trails.Reason;
import io.trails.TrailsException;
import io.trails.spi.Sandbox;
import io.trails.spi.TerminalRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts a detached program exactly once, whatever earlier attempts left. */
final class DetachedLaunch {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final String name;
    private final TerminalFiles files;
    private final Sandbox sandbox;

    DetachedLaunch(String name, TerminalFiles files, Sandbox sandbox) {
        this.name = name;
        this.files = files;
        this.sandbox = sandbox;
    }

    /**
     * Starts the program or finds it started.
     *
     * @return its holder, or empty where no named pipe can be made
     */
    Optional<Holder> launch(TerminalRequest request) {
        Optional<Holder> earlier = files.holder();
        if (earlier.isPresent()) {
            if (files.exitCode().isPresent() || DetachedProgram.alive(sandbox, earlier.get())) return earlier;
            undo();
        }
        checkNames(request.environment());
        boolean launched = false;
        try {
            PrivateFiles.open(files.output(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                    .close();
            Optional<Holder> holder = start(request);
            launched = holder.isPresent();
            return holder;
        } catch (IOException e) {
            throw notStarted("its directory " + files.directory() + " cannot be used: " + e, e);
        } finally {
            if (!launched) undo();
        }
    }

    private Optional<Holder> start(TerminalRequest request) {
        ExecResult result;
        try {
            result = sandbox.exec(command(request));
        } catch (TrailsException e) {
            if (!e.code().equals("exec.not-started")) throw e;
            throw notStarted(String.valueOf(e.getMessage()), e);
        }
        if (Unanswered.is(result)) throw notStarted(Unanswered.why(result) + "; try again", result);
        switch (result.exitCode()) {
            case 0, Scripts.TAKEN -> {
                Optional<Holder> holder = files.holder();
                if (holder.isPresent()) return holder;
                throw noClaim(result);
            }
            case Scripts.NO_MKFIFO -> {
                return Optional.empty();
            }
            case Scripts.NO_PROGRAM ->
                throw notStarted(
                        "there is no program '"
                                + request.command()
                                        .map(run -> run.argv().get(0))
                                        .orElse("/bin/sh") + "' that can be run; check its name and the PATH",
                        result);
            case Scripts.NO_DIRECTORY -> throw noReply(result);
            default -> throw notStarted("/bin/sh failed with exit code " + result.exitCode(), result);
        }
    }

    private TrailsException noClaim(ExecResult result) {
        if (isRemoved()) return removed(result);
        // A program that was started had its claim first.
        if (result.exitCode() == 0) return notStarted("its files were deleted meanwhile; try again", result);
        return notStarted("no symbolic link can be made in " + files.directory(), result);
    }

    /** What should hold the program ended without a word: it could not use the directory, or somebody ended it. */
    private TrailsException noReply(ExecResult result) {
        if (isRemoved()) return removed(result);
        if (files.holder().isPresent()) {
            return notStarted("its processes were ended meanwhile, as by a stop of the session; try again", result);
        }
        return notStarted(
                "its directory " + files.directory() + " cannot be used; it must be writable and able to hold"
                        + " named pipes and symbolic links. Or the session was stopped meanwhile: then try again",
                result);
    }

    /** It was there when the launch began. */
    private boolean isRemoved() {
        return !Files.isDirectory(files.directory(), LinkOption.NOFOLLOW_LINKS) || !Files.exists(files.output());
    }

    private TrailsException removed(ExecResult result) {
        return notStarted("its directory " + files.directory() + " was removed meanwhile, as with its session", result);
    }

    private Command command(TerminalRequest request) {
        var argv = new ArrayList<>(List.of("/bin/sh", "-c", Scripts.LAUNCH, "trails-terminal"));
        argv.add(files.directory().toString());
        argv.add(request.command().isPresent() ? "" : Scripts.SHELL_GREETING);
        argv.add(Scripts.HOLD);
        argv.addAll(argv(request));
        var environment = new HashMap<>(request.environment());
        environment.put("TRAILS_TERMINAL", files.mark());
        Command command = Command.of(argv).environment(environment).timeout(TIMEOUT);
        return request.workingDirectory().isPresent()
                ? command.in(request.workingDirectory().get())
                : command;
    }

    private static List<String> argv(TerminalRequest request) {
        return request.command().isPresent() ? request.command().get().argv() : List.of("/bin/sh", "-c", Scripts.SHELL);
    }

    /** A shell stands between: some drop variables that they could not have themselves, and silence would be a lie. */
    private void checkNames(Map<String, String> environment) {
        for (String variable : environment.keySet()) {
            // Functions that bash exports; many an environment has some without needing them.
            if (variable.startsWith("BASH_FUNC_")) continue;
            for (int i = 0; i < variable.length(); i++) {
                char c = variable.charAt(i);
                boolean letter = c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
                if (letter || (i > 0 && c >= '0' && c <= '9')) continue;
                throw new TrailsException(
                        "terminal.not-started",
                        "Terminal '" + name + "' cannot be started: its environment has '" + variable + "', a name that"
                                + " a POSIX shell does not hand on; use letters, digits and underscores");
            }
        }
    }

    /** Leaves nothing behind, also when the calling thread was interrupted. */
    private void undo() {
        boolean interrupted = Thread.interrupted();
        try {
            Optional<Reason> objection = new ProgramEnd(files, sandbox).end();
            // What may still run is found again by its files alone.
            if (objection.isPresent()
                    && ProgramEnd.isUnknown(objection.get())
                    && files.holder().isPresent()) {
                throw new TrailsException(
                        "terminal.not-started",
                        message("what an earlier attempt left cannot be ended. "
                                + objection.get().message() + "; try again"));
            }
            files.delete();
        } catch (TrailsException e) {
            // A sandbox that fails at this too is already being reported. Without a holder nothing runs.
            if (files.holder().isPresent()) throw e;
            files.delete();
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    private TrailsException notStarted(String why, ExecResult result) {
        String said = result.stderr().text().strip();
        return new TrailsException("terminal.not-started", message(why) + (said.isEmpty() ? "" : " (" + said + ")"));
    }

    private TrailsException notStarted(String why, Exception cause) {
        return new TrailsException("terminal.not-started", message(why), cause);
    }

    private String message(String why) {
        return "Terminal '" + name + "' cannot be started: " + why;
    }
}
