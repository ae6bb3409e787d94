package io.trails.it;

import io.trails.Command;
import io.trails.ExecResult;
import io.trails.RemovalPolicy;
import io.trails.Session;
import io.trails.Trails;
import io.trails.TrailsException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A host of container mode that does what it reads line by line and answers each line with one: what it printed, how it ended, or
 * an error's code. Arguments: project, dagger program, address of the engine.
 */
final class RemoteContainerHost {
    private RemoteContainerHost() {}

    public static void main(String[] args) throws IOException {
        Path project = Path.of(args[0]);
        var environment = ContainerProject.with(
                GitProject.environment(project.resolveSibling("home")), Path.of(args[1]), args[2]);
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (Trails trails = Trails.builder(project).environment(environment).build()) {
            System.out.println("ready");
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                System.out.println(answer(trails, line.split(" ", 3)));
            }
        }
    }

    private static String answer(Trails trails, String[] words) {
        try {
            return obey(trails, words);
        } catch (TrailsException refused) {
            return refused.code();
        }
    }

    private static String obey(Trails trails, String[] words) {
        switch (words[0]) {
            case "open" -> trails.open(ContainerProject.clean(words[1]));
            case "exec" -> {
                ExecResult result = session(trails, words[1]).exec(Command.of("sh", "-c", words[2]));
                String how = result.status()
                        + result.reason().map(why -> " " + why.code()).orElse("");
                return result.ok()
                        ? "ok " + result.stdout().text().replace('\n', ' ').strip()
                        : how;
            }
            case "output" -> {
                ExecResult result = session(trails, words[1]).exec(Command.of("sh", "-c", words[2]));
                return String.valueOf(result.orThrow().stdout().size());
            }
            case "stop" -> session(trails, words[1]).stop();
            case "remove" -> {
                var policy = RemovalPolicy.safe().rescuing().endingProcesses();
                return session(trails, words[1]).remove(policy).complete() ? "ok" : "kept";
            }
            default -> throw new IllegalArgumentException(words[0]);
        }
        return "ok";
    }

    private static Session session(Trails trails, String name) {
        return trails.find(name).orElseThrow(() -> new TrailsException("test.no-session", "No session " + name));
    }
}
