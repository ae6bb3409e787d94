package io.trails.it;

import io.trails.Activity;
import io.trails.Agent;
import io.trails.AgentProfile;
import io.trails.Change;
import io.trails.Mode;
import io.trails.RemovalPolicy;
import io.trails.Session;
import io.trails.SessionSpec;
import io.trails.Trails;
import io.trails.TrailsException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A host that does what it reads line by line and answers each line with one: ok, a value, or an error's code. */
final class RemoteHost {
    /** Says which process it is and with which arguments it was launched. */
    private static final AgentProfile AGENT = AgentProfile.named(
                    "demo",
                    "sh",
                    "-c",
                    "echo ready $$ \"$@\"; while read l; do [ \"$l\" = exit ] && exit 3; done",
                    "agent")
            .resumeArguments("resumed")
            .build();

    private RemoteHost() {}

    public static void main(String[] args) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (Trails trails = Trails.builder(Path.of(args[0])).agent(AGENT).build()) {
            System.out.println("ready");
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                System.out.println(answer(trails, line.split(" ", -1)));
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
            case "open" ->
                trails.open(SessionSpec.named(words[1]).mode(Mode.DIRECT).build());
            case "open-worktrees" -> {
                return openAtOnce(trails, words[1], Integer.parseInt(words[2]));
            }
            case "open-agent" ->
                trails.open(SessionSpec.named(words[1])
                        .mode(Mode.DIRECT)
                        .agent(AGENT)
                        .build());
            case "agent" -> {
                return session(trails, words[1])
                        .agent()
                        .terminal()
                        .await(screen -> screen.contains("ready"), Duration.ofSeconds(60))
                        .text()
                        .strip();
            }
            case "exit-agent" -> {
                Agent agent = session(trails, words[1]).agent();
                agent.submit("exit");
                agent.await(activity -> activity.state() == Activity.State.EXITED, Duration.ofSeconds(60));
            }
            case "resume" -> session(trails, words[1]).agent().resume();
            case "shell" -> {
                return session(trails, words[1])
                        .terminal()
                        .run("echo $$", Duration.ofSeconds(60))
                        .orThrow()
                        .stdout()
                        .text()
                        .strip();
            }
            case "run" -> {
                // What it says is checked here, so that the answer is one word.
                String line = "echo begin " + words[2] + "; echo end " + words[2] + "; (exit " + words[2] + ")";
                var result = session(trails, words[1]).terminal().run(line, Duration.ofSeconds(60));
                boolean own = result.stdout().text().equals("begin " + words[2] + "\nend " + words[2] + "\n");
                return own ? String.valueOf(result.exitCode()) : "mixed up: " + result.stdout();
            }
            case "exec" ->
                session(trails, words[1])
                        .exec("sh", "-c", "echo x >> \"$0\"", words[2])
                        .orThrow();
            case "type" -> {
                String seen = "typed-" + words[2];
                session(trails, words[1]).terminal().type("echo ty''ped-" + words[2] + "\n");
                session(trails, words[1]).terminal().await(screen -> screen.contains(seen), Duration.ofSeconds(60));
            }
            case "stop" -> session(trails, words[1]).stop();
            case "remove" -> {
                boolean gone = session(trails, words[1])
                        .remove(RemovalPolicy.safe().endingProcesses())
                        .complete();
                return gone ? "ok" : "kept";
            }
            case "churn" -> {
                for (int i = 0; i < Integer.parseInt(words[1]); i++) {
                    Session session = trails.open(
                            SessionSpec.named("churn").mode(Mode.DIRECT).build());
                    session.remove(RemovalPolicy.safe());
                }
            }
            case "changes" -> {
                var paths = new StringBuilder();
                for (Change change : session(trails, words[1]).changes().files()) {
                    paths.append(change.kind())
                            .append(':')
                            .append(change.path())
                            .append(' ');
                }
                return paths.toString().strip();
            }
            case "state" -> {
                return trails.find(words[1])
                        .map(session -> session.info().state().name())
                        .orElse("none");
            }
            case "processes" -> {
                return String.valueOf(session(trails, words[1]).usage().processes());
            }
            case "count" -> {
                return String.valueOf(trails.sessions().size());
            }
            default -> throw new IllegalArgumentException(words[0]);
        }
        return "ok";
    }

    /** How many were opened, or the first error. */
    private static String openAtOnce(Trails trails, String prefix, int count) {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            List<CompletableFuture<Session>> opening = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                SessionSpec spec = SessionSpec.named(prefix + "-" + i).build();
                opening.add(CompletableFuture.supplyAsync(() -> trails.open(spec), threads));
            }
            long worktrees = opening.stream()
                    .map(CompletableFuture::join)
                    .filter(session -> session.exec("cat", "README.md").ok())
                    .filter(session -> session.info().mode().equals("worktree"))
                    .count();
            return String.valueOf(worktrees);
        } catch (CompletionException failed) {
            return String.valueOf(failed.getCause());
        } finally {
            threads.shutdown();
        }
    }

    private static Session session(Trails trails, String name) {
        return trails.find(name).orElseThrow(() -> new TrailsException("test.no-session", "No session " + name));
    }
}
