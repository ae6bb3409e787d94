package io.trails.worktree.internal.removal;

import io.trails.DirtyPolicy;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.spi.WorkspaceRequest;
import io.trails.worktree.Rescues;
import io.trails.worktree.fixture.TestRepository;
import io.trails.worktree.internal.git.GitProgram;
import io.trails.worktree.internal.tree.WorktreePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A session's worktree as its creation leaves it, on branch {@code trails/work} of a repository with a few files. */
final class SessionFixture {
    static final String KEY = "work-k3y";

    final TestRepository project;
    final TestRepository tree;
    final WorktreePlan plan;
    final WorkspaceRequest request;
    final GitProgram program;

    private SessionFixture(TestRepository project, TestRepository tree, WorktreePlan plan, WorkspaceRequest request) {
        this.project = project;
        this.tree = tree;
        this.plan = plan;
        this.request = request;
        program = TestRepository.program(project.environment());
    }

    static TestRepository project(Path temp) throws IOException {
        TestRepository project = TestRepository.init(temp.resolve("project"));
        project.write("a.txt", "one\n")
                .write("src/b.txt", "two\n")
                .write(".gitignore", "*.log\n.env\ntarget/\nlocal/\n");
        project.commit("First");
        return project;
    }

    static SessionFixture create(Path temp) throws IOException {
        return create(project(temp), project -> {});
    }

    /** Starts from what a commit holds, as if it had been carried: the branch is at main all the same. */
    static SessionFixture carrying(TestRepository project, String file, String content) throws IOException {
        SessionFixture session = create(project, none -> {});
        session.tree.write(file, content);
        Path index = project.directory().resolveSibling("carry-index");
        Files.copy(session.plan.gitDirectory().resolve("index"), index);
        TestRepository other = session.tree;
        var env = "GIT_INDEX_FILE";
        other.git().run(io.trails.worktree.internal.git.GitCall.of("add", "-A").with(env, index.toString()));
        String snapshot = other.git()
                .run(io.trails.worktree.internal.git.GitCall.of("write-tree").with(env, index.toString()))
                .text();
        String commit = other.git("commit-tree", snapshot, "-p", session.plan.base(), "-m", "Carried");
        project.git("update-ref", session.plan.refs().start(), commit);
        Files.delete(index);
        return session;
    }

    interface Setup {
        void on(TestRepository project) throws IOException;
    }

    static SessionFixture create(TestRepository project, Setup setup) throws IOException {
        setup.on(project);
        Path common = project.repository().commonDirectory();
        Path root = project.directory().resolveSibling("project.trails").resolve("work");
        String base = project.git("rev-parse", "HEAD");
        var plan = new WorktreePlan(
                "work",
                KEY,
                project.directory(),
                common,
                Optional.of(project.directory()),
                "",
                root,
                "work",
                "trails/work",
                base,
                Optional.of("main"),
                DirtyPolicy.CARRY,
                Optional.empty());
        project.git("update-ref", plan.refs().start(), base);
        project.git("worktree", "add", "-q", "--no-track", "-b", "trails/work", root.toString(), base);
        Files.writeString(plan.gitDirectory().resolve("locked"), "trails:" + KEY);
        Files.writeString(plan.gitDirectory().resolve("trails"), KEY + "\n");
        Files.writeString(plan.gitDirectory().resolve("trails-progress"), "READY");
        Path own = Files.createDirectories(project.directory().resolveSibling("own"));
        WorkspaceRequest request = WorkspaceRequest.builder("work", project.directory(), own)
                .environment(project.environment())
                .build();
        return new SessionFixture(project, TestRepository.at(root, project.environment()), plan, request);
    }

    /** As if it had been opened at another commit, which was found on that branch. */
    SessionFixture startedFrom(String commit, Optional<String> branch) {
        tree.git("reset", "-q", "--hard", commit);
        project.git("update-ref", plan.refs().start(), commit);
        var other = new WorktreePlan(
                plan.sessionId(),
                plan.key(),
                plan.project(),
                plan.commonDirectory(),
                plan.source(),
                plan.prefix(),
                plan.root(),
                plan.administration(),
                plan.branch(),
                commit,
                branch,
                plan.dirty(),
                plan.forkOf());
        return new SessionFixture(project, tree, other, request);
    }

    RemovalReport remove(RemovalPolicy policy) {
        return WorktreeRemoval.remove(plan, request, program, policy);
    }

    RemovalReport removeSafely() {
        return remove(RemovalPolicy.safe());
    }

    RemovalReport rescue() {
        return remove(RemovalPolicy.safe().rescuing());
    }

    Rescues rescues() {
        return Rescues.of(project.directory(), project.environment());
    }

    static List<String> codes(List<RemovalReport.Item> items) {
        return items.stream().map(item -> item.reason().code()).toList();
    }

    boolean hasBranch() {
        return project.git().ref("refs/heads/trails/work").isPresent();
    }

    /** All that creation made. */
    boolean isGone() throws IOException {
        String refs =
                project.git("for-each-ref", "refs/trails/sessions", "refs/trails/checkpoints", "refs/heads/trails");
        Path trails = plan.commonDirectory().resolve("trails");
        boolean clean = !Files.exists(trails.resolve("removals"));
        return clean
                && refs.isEmpty()
                && !Files.exists(plan.gitDirectory())
                && !Files.exists(plan.root().getParent());
    }
}
