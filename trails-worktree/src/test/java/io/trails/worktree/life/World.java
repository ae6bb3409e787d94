package io.trails.worktree.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.Change;
import io.trails.Changes;
import io.trails.Checkpoint;
import io.trails.DirtyPolicy;
import io.trails.MergePreview;
import io.trails.MergeRequest;
import io.trails.MergeResult;
import io.trails.MergeStrategy;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.spi.HostDirectory;
import io.trails.spi.Plan;
import io.trails.spi.Workspace;
import io.trails.spi.WorkspaceRequest;
import io.trails.worktree.WorktreeWorkspaceProvider;
import io.trails.worktree.fixture.TestRepository;
import io.trails.worktree.internal.git.GitCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A repository, its user and a few sessions, and beside them what their files have to be: names and contents. Every step is
 * taken in both, and then both are compared.
 */
final class World {
    static final int SLOTS = 3;
    private static final List<String> NAMES = List.of("a.txt", "dir/b.txt", "dir/deep/c.txt", "d d.txt");

    private final Path scratch;
    private final TestRepository repository;
    private final UsersThings things;
    private final Map<Integer, Live> sessions = new TreeMap<>();
    private final Map<String, String> project = new TreeMap<>();
    private final Set<String> worthKeeping = new HashSet<>();
    private int written;
    private int opened;

    World(Path scratch) throws IOException {
        this.scratch = scratch;
        repository = TestRepository.init(scratch.resolve("project"));
        repository.git("config", "user.name", "Uma User");
        repository.git("config", "user.email", "uma@example.org");
        repository.write("kept.txt", "kept\n").commit("first");
        repository.git("branch", "other");
        repository.write("kept.txt", "in the stash\n");
        repository.git("stash", "push", "-q");
        for (String name : NAMES) userWrites(NAMES.indexOf(name));
        project.put("kept.txt", "kept\n");
        userCommits();
        things = UsersThings.of(repository);
    }

    /** One session and what its files have to be. */
    private static final class Live {
        final Plan plan;
        final WorkspaceRequest request;
        final Path directory;
        final Map<String, String> start;
        final Map<String, String> files;
        final List<Checkpoint> checkpoints = new ArrayList<>();
        final Map<String, Map<String, String>> then = new HashMap<>();
        Workspace workspace;

        Live(Plan plan, WorkspaceRequest request, Workspace workspace, Path directory, Map<String, String> files) {
            this.plan = plan;
            this.request = request;
            this.workspace = workspace;
            this.directory = directory;
            this.start = new TreeMap<>(files);
            this.files = new TreeMap<>(files);
        }
    }

    private String fresh() {
        return "content " + ++written + "\n";
    }

    void userWrites(int name) throws IOException {
        String content = fresh();
        repository.write(NAMES.get(name), content);
        project.put(NAMES.get(name), content);
    }

    void userDeletes(int name) throws IOException {
        if (project.remove(NAMES.get(name)) != null) Files.delete(repository.path(NAMES.get(name)));
    }

    void userStages() {
        repository.git("add", "-A");
    }

    void userCommits() {
        repository.commit("by the user");
        worthKeeping.addAll(project.values());
    }

    void open(int slot, DirtyPolicy dirty) throws IOException {
        if (sessions.containsKey(slot)) return;
        var provider = new WorktreeWorkspaceProvider();
        String name = "s" + slot;
        Path own = Files.createDirectories(scratch.resolve("own").resolve(name + "-" + ++opened));
        WorkspaceRequest request = WorkspaceRequest.builder(name, repository.directory(), own)
                .environment(repository.environment())
                .dirty(dirty)
                .build();
        Map<String, String> committed = tree("HEAD");
        String index = repository.git("ls-files", "-s");
        Plan plan = provider.plan(request);
        Workspace workspace = provider.create(plan, request);
        Path directory = ((HostDirectory) workspace.location()).path();
        sessions.put(
                slot, new Live(plan, request, workspace, directory, dirty == DirtyPolicy.IGNORE ? committed : project));
        if (dirty == DirtyPolicy.MOVE) {
            worthKeeping.addAll(project.values());
            project.clear();
            project.putAll(committed);
        } else {
            assertThat(repository.git("ls-files", "-s")).as("the user's index").isEqualTo(index);
        }
        assertThat(workspace.changes().files()).as("changes of a fresh session").isEmpty();
    }

    /** Takes it up again, as another host would. */
    void reopen(int slot) {
        Live live = sessions.get(slot);
        if (live != null) live.workspace = new WorktreeWorkspaceProvider().open(live.plan, live.request);
    }

    void write(int slot, int name) throws IOException {
        Live live = sessions.get(slot);
        if (live == null) return;
        Path file = live.directory.resolve(NAMES.get(name));
        Files.createDirectories(file.getParent());
        String content = fresh();
        Files.writeString(file, content);
        live.files.put(NAMES.get(name), content);
    }

    void delete(int slot, int name) throws IOException {
        Live live = sessions.get(slot);
        if (live == null || live.files.remove(NAMES.get(name)) == null) return;
        Files.delete(live.directory.resolve(NAMES.get(name)));
    }

    void stage(int slot) {
        Live live = sessions.get(slot);
        if (live != null) in(live, "add", "-A");
    }

    void commit(int slot) {
        Live live = sessions.get(slot);
        if (live == null) return;
        in(live, "add", "-A");
        in(live, "commit", "-q", "--allow-empty", "-m", "by the agent");
        worthKeeping.addAll(live.files.values());
    }

    void checkpoint(int slot) {
        Live live = sessions.get(slot);
        if (live == null) return;
        remember(live, live.workspace.checkpoint("label " + written));
    }

    private void remember(Live live, Checkpoint checkpoint) {
        live.checkpoints.add(checkpoint);
        live.then.put(checkpoint.id(), new TreeMap<>(live.files));
        worthKeeping.addAll(live.files.values());
    }

    void restore(int slot, int which) {
        Live live = sessions.get(slot);
        if (live == null || live.checkpoints.isEmpty()) return;
        Checkpoint wanted = live.checkpoints.get(which % live.checkpoints.size());
        remember(live, live.workspace.restore(wanted));
        live.files.clear();
        live.files.putAll(live.then.get(wanted.id()));
        assertThat(live.workspace.checkpoints()).containsExactlyElementsOf(live.checkpoints);
    }

    void merge(int slot, MergeStrategy strategy) throws IOException {
        Live live = sessions.get(slot);
        if (live == null) return;
        MergeRequest request =
                MergeRequest.builder().target("main").strategy(strategy).build();
        Map<String, String> before = tree("main");
        String tip = repository.git("rev-parse", "main");
        MergePreview preview = live.workspace.preview(request);
        Optional<Map<String, String>> expected = threeWay(live, before);
        MergeResult result = live.workspace.merge(request);
        if (result instanceof MergeResult.Merged merged) {
            worthKeeping.addAll(live.files.values());
            assertThat(preview.outcome()).isEqualTo(MergePreview.Outcome.CLEAN);
            assertThat(tree(merged.commit())).as("what %s gives", strategy).isEqualTo(expected.orElseThrow());
            takeOver(before, tree(merged.commit()));
        } else {
            assertThat(repository.git("rev-parse", "main"))
                    .as("after %s", result)
                    .isEqualTo(tip);
            if (result instanceof MergeResult.Conflicted) assertThat(expected).isEmpty();
        }
    }

    /** The files that differ come into the project; work there that is not committed stays. */
    private void takeOver(Map<String, String> before, Map<String, String> after) {
        Set<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        for (String name : names) {
            String now = after.get(name);
            if (Objects.equals(before.get(name), now)) continue;
            if (now == null) project.remove(name);
            else project.put(name, now);
        }
    }

    /** Whole files, as every content is one line; empty if both sides changed one. */
    private Optional<Map<String, String>> threeWay(Live live, Map<String, String> ours) {
        Map<String, String> base = tree(in(live, "merge-base", "main", "HEAD"));
        Set<String> names = new TreeSet<>(base.keySet());
        names.addAll(ours.keySet());
        names.addAll(live.files.keySet());
        Map<String, String> merged = new TreeMap<>();
        for (String name : names) {
            Optional<String> old = Optional.ofNullable(base.get(name));
            Optional<String> own = Optional.ofNullable(ours.get(name));
            Optional<String> other = Optional.ofNullable(live.files.get(name));
            if (!own.equals(old) && !other.equals(old) && !own.equals(other)) return Optional.empty();
            Optional<String> winner = own.equals(old) ? other : own;
            winner.ifPresent(content -> merged.put(name, content));
        }
        return Optional.of(merged);
    }

    void remove(int slot, boolean rescuing) {
        Live live = sessions.get(slot);
        if (live == null) return;
        RemovalPolicy policy = RemovalPolicy.safe();
        RemovalReport report =
                new WorktreeWorkspaceProvider().remove(live.plan, live.request, rescuing ? policy.rescuing() : policy);
        if (rescuing) assertThat(report.kept()).isEmpty();
        if (!report.complete()) return;
        sessions.remove(slot);
        worthKeeping.addAll(live.files.values());
        assertThat(live.directory).doesNotExist();
        assertThat(repository.git("for-each-ref", "refs/heads/trails/s" + slot)).isEmpty();
    }

    private String in(Live live, String... arguments) {
        try {
            return TestRepository.at(live.directory, repository.environment()).git(arguments);
        } catch (IOException gone) {
            throw new AssertionError(gone);
        }
    }

    private Map<String, String> tree(String revision) {
        Map<String, String> files = new TreeMap<>();
        for (String name :
                repository.git("ls-tree", "-r", "-z", "--name-only", revision).split("\0", -1)) {
            if (!name.isEmpty()) files.put(name, repository.git("cat-file", "blob", revision + ":" + name) + "\n");
        }
        return files;
    }

    /** After every step. */
    void compare() throws IOException {
        assertThat(pictureOf(repository.directory())).as("the project").isEqualTo(project);
        for (Live live : sessions.values()) {
            assertThat(pictureOf(live.directory))
                    .as("session %s", live.request.sessionId())
                    .isEqualTo(live.files);
            Changes changes = live.workspace.changes();
            assertThat(changes.caveats()).isEmpty();
            Map<String, String> rebuilt = new TreeMap<>(live.start);
            for (Change change : changes.files()) {
                change.previousPath().ifPresent(rebuilt::remove);
                if (change.kind() == Change.Kind.DELETED) rebuilt.remove(change.path());
                else rebuilt.put(change.path(), live.files.get(change.path()));
            }
            assertThat(rebuilt).as("what %s says", changes).isEqualTo(live.files);
        }
    }

    private static Map<String, String> pictureOf(Path directory) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (var all = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) all::iterator) {
                String name = directory.relativize(file).toString();
                if (name.startsWith(".git") || !Files.isRegularFile(file)) continue;
                files.put(name, Files.readString(file));
            }
        }
        return files;
    }

    /** As nobody may. */
    void dropRescues() {
        for (String ref : repository
                .git("for-each-ref", "--format=%(refname)", "refs/trails/trash")
                .split("\n", -1)) {
            repository.git("update-ref", "-d", ref);
        }
        repository.git("reflog", "expire", "--expire=now", "--all");
    }

    /** At the end: nothing is lost, nothing is damaged, and the user's things are as they were. */
    void proveNothingLost() {
        repository.git("gc", "-q", "--prune=now");
        repository.git("fsck", "--strict", "--no-dangling");
        Set<String> reachable = new HashSet<>();
        for (String line : repository.git("rev-list", "--objects", "--all").split("\n", -1)) {
            reachable.add(line.split(" ", 2)[0]);
        }
        for (String content : worthKeeping) {
            String id = repository
                    .git()
                    .run(GitCall.of("hash-object", "--stdin").input(content))
                    .text();
            assertThat(reachable).as("'%s' can be had back", content.strip()).contains(id);
        }
        assertThat(UsersThings.of(repository)).isEqualTo(things);
    }
}
