package io.trails.dagger.internal.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A command that a container runs. Immutable. Neither privileged nesting nor insecure capabilities can be asked for.
 *
 * @param args program and arguments
 * @param useEntrypoint whether the entrypoint runs it
 * @param stdin what it reads, unless it reads a file
 * @param redirectStdin a file in the container that it reads
 * @param redirectStdout a file in the container that takes its output
 * @param redirectStderr a file in the container that takes its errors
 * @param expect with which exit codes the container goes on
 * @param noInit whether it is process 1 itself
 */
public record ExecOptions(
        List<String> args,
        boolean useEntrypoint,
        Optional<String> stdin,
        Optional<String> redirectStdin,
        Optional<String> redirectStdout,
        Optional<String> redirectStderr,
        Expect expect,
        boolean noInit) {
    public ExecOptions {
        args = List.copyOf(args);
    }

    /** A command that reads nothing and must exit with 0. */
    public static ExecOptions of(List<String> args) {
        return new ExecOptions(
                args,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Expect.SUCCESS,
                false);
    }

    public ExecOptions withUseEntrypoint() {
        return new ExecOptions(args, true, stdin, redirectStdin, redirectStdout, redirectStderr, expect, noInit);
    }

    public ExecOptions withStdin(String text) {
        return new ExecOptions(
                args, useEntrypoint, Optional.of(text), redirectStdin, redirectStdout, redirectStderr, expect, noInit);
    }

    public ExecOptions withRedirectStdin(String path) {
        return new ExecOptions(
                args, useEntrypoint, stdin, Optional.of(path), redirectStdout, redirectStderr, expect, noInit);
    }

    public ExecOptions withRedirectStdout(String path) {
        return new ExecOptions(
                args, useEntrypoint, stdin, redirectStdin, Optional.of(path), redirectStderr, expect, noInit);
    }

    public ExecOptions withRedirectStderr(String path) {
        return new ExecOptions(
                args, useEntrypoint, stdin, redirectStdin, redirectStdout, Optional.of(path), expect, noInit);
    }

    public ExecOptions withExpect(Expect wanted) {
        return new ExecOptions(
                args, useEntrypoint, stdin, redirectStdin, redirectStdout, redirectStderr, wanted, noInit);
    }

    public ExecOptions withNoInit() {
        return new ExecOptions(args, useEntrypoint, stdin, redirectStdin, redirectStdout, redirectStderr, expect, true);
    }

    List<Argument> arguments() {
        var arguments = new ArrayList<Argument>();
        arguments.add(Argument.texts("args", args));
        if (useEntrypoint) arguments.add(Argument.truth("useEntrypoint", true));
        stdin.ifPresent(text -> arguments.add(Argument.text("stdin", text)));
        redirectStdin.ifPresent(path -> arguments.add(Argument.text("redirectStdin", path)));
        redirectStdout.ifPresent(path -> arguments.add(Argument.text("redirectStdout", path)));
        redirectStderr.ifPresent(path -> arguments.add(Argument.text("redirectStderr", path)));
        if (expect != Expect.SUCCESS) arguments.add(Argument.word("expect", expect));
        if (noInit) arguments.add(Argument.truth("noInit", true));
        return arguments;
    }
}
