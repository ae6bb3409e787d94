package io.trails.daggerdouble;

import io.trails.daggerdouble.wire.Tool;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Writes the command line tool: a script that tells the version itself, and starts a small program in Java for all else. */
final class CommandLine {

    private CommandLine() {}

    static Path write(Path folder, String version) throws IOException {
        Path classes;
        try {
            classes = Path.of(Tool.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
        String script = """
                #!/bin/sh
                # Who looks for an engine waits for this no longer than a busy machine may take to start Java.
                [ "$1" != version ] || {
                    echo 'dagger %2$s (image://registry.dagger.io/engine:%2$s) linux/amd64'
                    exit
                }
                exec '%1$s' -Xshare:auto -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx256m -Ddagger.version='%2$s' \\
                    -cp '%3$s' %4$s "$@"
                """.formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"), version, classes, Tool.class.getName());
        Files.createDirectories(folder);
        Path tool = folder.resolve("dagger");
        Path fresh = Files.writeString(folder.resolve("dagger.new"), script);
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
        return Files.move(fresh, tool, StandardCopyOption.REPLACE_EXISTING);
    }
}
