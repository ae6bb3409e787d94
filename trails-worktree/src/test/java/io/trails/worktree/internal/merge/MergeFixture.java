package io.trails.worktree.internal.merge;

import io.trails.worktree.fixture.TestRepository;
import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitProgram;
import io.trails.worktree.internal.repo.Repository;
import io.trails.worktree.internal.tree.SessionRefs;
import io.trails.worktree.internal.tree.SessionTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A repository with branch {@code main} checked out, and a session's worktree on {@code trails/fix}. */
final class MergeFixture {
    static final String SESSION = "fix";

    private final TestRepository main;
    private TestRepository session;
    private String name = SESSION;

    private MergeFixture(TestRepository main) {
        this.main = main;
        session = main;
    }

    static MergeFixture in(Path directory) throws IOException {
        return new MergeFixture(TestRepository.init(directory.resolve("repo")));
    }

    static MergeFixture of(TestRepository repository) {
        return new MergeFixture(repository);
    }

    static MergeFixture of(TestRepository repository, TestRepository session) {
        var fixture = new MergeFixture(repository);
        fixture.session = session;
        return fixture;
    }

    /** Commits what main has, and starts the session from there. */
    MergeFixture open() throws IOException {
        main.commit("base");
        return open(SESSION);
    }

    /** The same for another session, of what is committed. */
    MergeFixture open(String id) throws IOException {
        name = id;
        Path directory = main.directory().resolveSibling("session-" + id);
        main.git("worktree", "add", "-q", "--no-track", "-b", "trails/" + id, directory.toString());
        session = TestRepository.at(directory, main.environment());
        return this;
    }

    TestRepository main() {
        return main;
    }

    TestRepository session() {
        return session;
    }

    SessionTree tree() {
        return tree(session.git());
    }

    /** The session as seen with another program or environment. */
    SessionTree tree(GitProgram program) {
        return tree(new Git(program, session.directory()));
    }

    SessionTree tree(Map<String, String> environment) {
        return tree(TestRepository.program(environment));
    }

    private SessionTree tree(Git git) {
        return new SessionTree(
                git,
                Repository.find(session.git()).orElseThrow(),
                session.directory(),
                "",
                name,
                new SessionRefs(name + "-x"),
                main.git("rev-parse", "main"),
                Optional.of("trails/" + name),
                Optional.of("main"),
                Optional.empty(),
                Clock.systemUTC());
    }

    Merger merger() {
        return new Merger(tree());
    }

    Merger merger(Duration limit) {
        return new Merger(tree(), limit);
    }

    String hook(String name, String script) throws IOException {
        Path hook = main.path(".git/hooks/" + name);
        Files.createDirectories(hook.getParent());
        Files.writeString(hook, "#!/bin/sh\n" + script + "\n");
        hook.toFile().setExecutable(true);
        return hook.toString();
    }

    /** Everything a merge that does not happen must leave as it was: files, indexes, HEADs and refs. Objects may come. */
    Map<String, String> state() throws IOException {
        var state = new TreeMap<String, String>();
        try (Stream<Path> files = Files.walk(main.directory().getParent())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = main.directory().getParent().relativize(file).toString();
                if (!name.contains(".git/objects/") && !name.endsWith("/COMMIT_EDITMSG"))
                    state.put(name, new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return state;
    }

    /** The same with the objects. */
    Map<String, String> stateWithObjects() throws IOException {
        Map<String, String> state = state();
        try (Stream<Path> files = Files.walk(main.path(".git/objects"))) {
            files.forEach(file -> state.put(file.toString(), ""));
        }
        return state;
    }
}
