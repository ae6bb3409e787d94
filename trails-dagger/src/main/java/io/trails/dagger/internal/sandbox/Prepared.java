package io.trails.dagger.internal.sandbox;

import io.trails.Command;
import io.trails.Input;
import io.trails.TrailsException;
import io.trails.dagger.internal.exec.SecretNames;
import io.trails.dagger.internal.exec.Variables;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A command as a container is to get it. Immutable.
 *
 * @param directory absolute, in the container
 * @param variables what may be seen
 * @param secrets what may not
 * @param text its input, if that is a short text
 * @param file its input on the host, if it is anything else
 */
record Prepared(
        Command command,
        String directory,
        Map<String, String> variables,
        Map<String, String> secrets,
        Optional<String> text,
        Optional<Path> file) {
    private static final int SHORT = 64 * 1024;

    /**
     * Prepares a command.
     *
     * @param files where the session's files are on the host
     * @param scratch where an input may be written
     */
    static Prepared of(Command command, Path files, String workdir, Path scratch) {
        Optional<String> text = text(command.stdin());
        Optional<Path> file = text.isPresent() ? Optional.empty() : file(command.stdin(), scratch);
        return of(command, Variables.of(command.environment()), files, workdir, text, file);
    }

    /** Prepares a command whose input somebody else gives it. */
    static Prepared live(Command command, Path files, String workdir) {
        var variables = Variables.asNamed(command.environment());
        return of(command, variables, files, workdir, Optional.empty(), Optional.empty());
    }

    private static Prepared of(
            Command command,
            Variables variables,
            Path files,
            String workdir,
            Optional<String> text,
            Optional<Path> file) {
        return new Prepared(
                command, directory(command, files, workdir), variables.plain(), variables.secret(), text, file);
    }

    /** What must be shown nowhere. */
    Collection<String> hidden() {
        var hidden = new ArrayList<>(secrets.values());
        command.environment().forEach((name, value) -> {
            if (SecretNames.isSecret(name, value)) hidden.add(value);
        });
        return hidden;
    }

    /** How the script is told of the input. */
    String input(String mountedAt) {
        if (text.isPresent()) return "pipe";
        return file.isPresent() ? mountedAt : "none";
    }

    private static String directory(Command command, Path files, String workdir) {
        if (command.directory().isEmpty()) return workdir;
        Path wanted = command.directory().get();
        if (!wanted.isAbsolute()) return inside(workdir, wanted.normalize());
        // Who knows the session by its directory on the host means the same files.
        return wanted.startsWith(files)
                ? inside(workdir, files.relativize(wanted))
                : inside("/", Path.of("/").relativize(wanted));
    }

    private static String inside(String start, Path relative) {
        var names = new ArrayList<String>(List.of(start.split("/")));
        for (Path name : relative) {
            if (name.toString().equals("..") && names.size() > 1) names.remove(names.size() - 1);
            else if (!name.toString().isEmpty() && !name.toString().equals("..")) names.add(name.toString());
        }
        String joined = String.join("/", names);
        return joined.startsWith("/") ? joined : "/" + joined;
    }

    private static Optional<String> text(Input input) {
        if (!(input instanceof Input.Bytes given)) return Optional.empty();
        byte[] bytes = given.bytes();
        if (bytes.length == 0 || bytes.length > SHORT) return Optional.empty();
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.indexOf('\0') >= 0 ? Optional.empty() : Optional.of(text);
        } catch (CharacterCodingException binary) {
            return Optional.empty();
        }
    }

    private static Optional<Path> file(Input input, Path scratch) {
        if (input instanceof Input.File named) {
            Path file = named.path().toAbsolutePath();
            if (Files.isReadable(file) && !Files.isDirectory(file)) return Optional.of(file);
            throw new TrailsException(
                    "exec.not-started", "The input " + file + " cannot be read; name a file that exists");
        }
        if (!(input instanceof Input.Bytes given) || given.bytes().length == 0) return Optional.empty();
        try {
            return Optional.of(Files.write(scratch.resolve("input"), given.bytes()));
        } catch (IOException e) {
            throw new TrailsException(
                    "dagger.files-unwritable", "The input cannot be written to " + scratch + "; make room for it", e);
        }
    }
}
