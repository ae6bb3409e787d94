package io.trails.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trails.BroughtBack;
import io.trails.Change;
import io.trails.Checkpoint;
import io.trails.FileConflict;
import io.trails.RemovalPolicy;
import io.trails.TrailsException;
import io.trails.spi.HostDirectory;
import io.trails.spi.SandboxCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The rules of a sandbox that works on a copy of the session's files. */
abstract class SandboxCopyRules extends SandboxProcessRules {
    private static final String CHANGES = """
            umask 022
            printf 'new\\n' > added.txt
            : > empty
            printf '\\000\\001\\377\\r\\n' > 'name  with blanks'
            printf 'n' > "$(printf 'line\\nbreak')"
            echo dash > ./-dash
            mkdir -p new/deeper hollow
            echo deep > new/deeper/file
            echo more >> README.md
            rm to-delete.txt
            chmod +x src/deep/Main.java
            ln -s README.md link
            ln -s no/such/place dangling
            """;

    private static final String RESHAPING = """
            umask 022
            rm README.md
            mkdir README.md
            echo in > README.md/in
            rm -r src
            echo file > src
            rm to-delete.txt
            ln -s README.md/in to-delete.txt
            """;

    SandboxCopyRules() {}

    /** Over a location that is the session's own, or one that others use too. */
    private SandboxLife copied(String session, boolean bringsBack) throws IOException {
        return copied(session, bringsBack, () -> {});
    }

    private SandboxLife copied(String session, boolean bringsBack, Step before) throws IOException {
        SandboxLife life = life(request(session).bringsBack(bringsBack).build());
        before.run();
        life.create();
        assumeTrue(life.sandbox().copy().isPresent(), "the sandbox works on the files of the location themselves");
        assumeTrue(life.request().location() instanceof HostDirectory, "the location is no directory of this host");
        return life;
    }

    private static SandboxCopy copy(SandboxLife life) {
        return life.sandbox().copy().orElseThrow();
    }

    /** The same project where the script ran without a sandbox. */
    private Path twin(String script) throws Exception {
        Path twin = project(Files.createDirectories(scratch.resolve("twin")));
        Process shell = new ProcessBuilder("sh", "-c", script)
                .directory(twin.toFile())
                .inheritIO()
                .start();
        assertThat(shell.waitFor(Patience.limit().toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(shell.exitValue()).isZero();
        return twin;
    }

    private void assertIsLike(Path twin) throws IOException {
        assertThat(TreePicture.ofContents(twin).differencesTo(TreePicture.ofContents(project())))
                .as("what differs from the same without a sandbox")
                .isEmpty();
    }

    private static List<String> paths(List<Change> changes) {
        return changes.stream().map(Change::path).toList();
    }

    private static List<String> conflicting(BroughtBack answer) {
        return answer.conflicts().stream().map(FileConflict::path).toList();
    }

    @Test
    @Rule("S-19")
    final void what_processes_change_comes_back_and_nothing_else() throws Exception {
        SandboxLife life = copied("exact", true);
        Path fresh = project(Files.createDirectories(scratch.resolve("fresh")));
        Path twin = twin(CHANGES);
        TreePicture before = TreePicture.ofUsersFiles(project());
        life.sh(CHANGES);
        assertIsLike(twin);
        assertThat(before.pathsDifferingFrom(TreePicture.ofUsersFiles(project())))
                .as("touched paths")
                .isEqualTo(TreePicture.ofContents(fresh).pathsDifferingFrom(TreePicture.ofContents(twin)));
        assertThat(copy(life).pending().isEmpty()).as("nothing is left").isTrue();
        TreePicture between = TreePicture.ofUsersFiles(project());
        life.sh("echo again > added.txt");
        assertThat(between.pathsDifferingFrom(TreePicture.ofUsersFiles(project())))
                .containsExactly("added.txt");
        life.sh("rm -r added.txt new hollow link; chmod a-x src/deep/Main.java");
        assertThat(project().resolve("added.txt")).doesNotExist();
        assertThat(project().resolve("new")).doesNotExist();
        assertThat(project().resolve("hollow")).doesNotExist();
        assertThat(Files.isSymbolicLink(project().resolve("link"))).isFalse();
        assertThat(Files.isExecutable(project().resolve("src/deep/Main.java"))).isFalse();
    }

    @Test
    @Rule("S-19")
    final void what_becomes_another_kind_of_file_comes_back_as_that() throws Exception {
        SandboxLife life = copied("kinds", true);
        Path twin = twin(RESHAPING);
        life.sh(RESHAPING);
        assertIsLike(twin);
    }

    @Test
    @Rule("S-20")
    final void what_a_user_changed_meanwhile_is_not_overwritten() throws Exception {
        SandboxLife life = copied("meanwhile", true);
        Sleeper nap = Sleeper.napping(life);
        var command = new FutureTask<>(() -> life.sandbox()
                .exec(SandboxLife.script("echo session > README.md; rm to-delete.txt; echo session > own.txt; "
                        + nap.inForeground() + ":\n")));
        Patience.start(command);
        nap.awaitStart();
        Files.writeString(project().resolve("README.md"), "the user's, and longer\n");
        Files.writeString(project().resolve("to-delete.txt"), "still needed by the user\n");
        nap.kill();
        assertThat(command.get(Patience.limit().toSeconds(), TimeUnit.SECONDS).ok())
                .isTrue();
        assertKeptApart(life);
        life.open();
        assertKeptApart(life);
    }

    private void assertKeptApart(SandboxLife life) throws IOException {
        assertThat(project().resolve("README.md")).hasContent("the user's, and longer");
        assertThat(project().resolve("to-delete.txt")).hasContent("still needed by the user");
        assertThat(project().resolve("own.txt")).hasContent("session");
        BroughtBack answer = copy(life).bringBack();
        assertThat(conflicting(answer)).containsExactlyInAnyOrder("README.md", "to-delete.txt");
        assertKept(answer, "README.md", "session");
    }

    private static void assertKept(BroughtBack answer, String path, String content) {
        for (FileConflict conflict : answer.conflicts()) {
            if (conflict.path().equals(path))
                assertThat(conflict.kept().orElseThrow()).hasContent(content);
        }
    }

    @Test
    @Rule("S-21")
    final void a_location_of_others_stays_as_it_is_until_all_is_brought_back() throws Exception {
        SandboxLife life = copied("waiting", false);
        Path twin = twin(CHANGES);
        TreePicture before = TreePicture.of(project());
        life.sh(CHANGES);
        List<String> pending = paths(copy(life).pending().files());
        assertThat(pending).contains("added.txt", "README.md", "to-delete.txt", "src/deep/Main.java", "link");
        assertThat(before.differencesTo(TreePicture.of(project()))).isEmpty();
        BroughtBack answer = copy(life).bringBackAll();
        assertThat(answer.complete()).isTrue();
        assertThat(paths(answer.files())).containsExactlyElementsOf(pending);
        assertIsLike(twin);
        assertThat(copy(life).pending().isEmpty()).isTrue();
        assertThat(copy(life).bringBackAll().files()).as("a second time").isEmpty();
    }

    @Test
    @Rule("S-21")
    final void an_export_is_the_copy_and_touches_nothing_else() throws Exception {
        SandboxLife life = copied("export", false);
        Path twin = twin(CHANGES);
        life.sh(CHANGES);
        TreePicture before = TreePicture.of(project());
        Path target = scratch.resolve("exported");
        copy(life).export(target);
        assertThat(TreePicture.ofContents(twin).differencesTo(TreePicture.ofContents(target)))
                .isEmpty();
        assertThat(before.differencesTo(TreePicture.of(project()))).isEmpty();
        assertThatThrownBy(() -> copy(life).export(target))
                .isInstanceOfSatisfying(
                        TrailsException.class, e -> assertThat(e.code()).isEqualTo("sandbox.export-refused"));
    }

    @Test
    @Rule({"S-20", "S-22"})
    final void one_conflict_keeps_everything_away() throws IOException {
        SandboxLife life = copied("conflict", false);
        life.sh("echo session > README.md; echo session > other.txt");
        Path theirs = Files.writeString(project().resolve("README.md"), "the user's, and longer\n");
        TreePicture before = TreePicture.of(project());
        BroughtBack answer = copy(life).bringBackAll();
        assertThat(answer.complete()).isFalse();
        assertThat(answer.files()).isEmpty();
        assertThat(conflicting(answer)).containsExactly("README.md");
        assertKept(answer, "README.md", "session");
        assertThat(before.differencesTo(TreePicture.of(project()))).isEmpty();
        Files.writeString(theirs, "session\n");
        assertThat(copy(life).bringBackAll().complete()).as("once they agree").isTrue();
        assertThat(project().resolve("other.txt")).hasContent("session");
    }

    @Test
    @Rule("S-23")
    final void nothing_of_git_comes_back() throws IOException {
        SandboxLife life = copied("git", true, () -> {
            Files.createDirectories(project().resolve(".git/hooks"));
            Files.writeString(project().resolve(".git/config"), "[core]\n");
        });
        TreePicture before = TreePicture.of(project());
        life.sh("mkdir -p .git/hooks sub/.git; echo evil > .git/hooks/pre-commit; echo evil > .git/config; "
                + "echo evil > sub/.git/config");
        assertThat(before.pathsDifferingFrom(TreePicture.of(project()))).isSubsetOf("sub");
        life.sh("rm -rf .git; echo good > sub/file");
        assertThat(before.pathsDifferingFrom(TreePicture.of(project()))).containsOnly("sub", "sub/file");
    }

    @Test
    @Rule("S-23")
    final void nothing_goes_through_a_link() throws IOException {
        Path outside = Files.createDirectories(scratch.resolve("outside"));
        Files.writeString(outside.resolve("file"), "theirs");
        SandboxLife life = copied(
                "link", true, () -> Files.createSymbolicLink(project().resolve("linked"), Path.of("../outside")));
        life.sh("rm linked; mkdir linked; echo session > linked/file; echo session > linked/new");
        assertThat(project().resolve("linked")).isDirectory();
        assertThat(project().resolve("linked/new")).hasContent("session");
        assertThat(outside.resolve("file")).hasContent("theirs");
        assertThat(outside.resolve("new")).doesNotExist();
    }

    @Test
    @Rule("S-24")
    final void what_a_user_changes_is_seen_by_the_next_command() throws IOException {
        for (boolean bringsBack : new boolean[] {true, false}) {
            SandboxLife life = copied("seen-" + bringsBack, bringsBack);
            life.use();
            Files.writeString(project().resolve("users.txt"), "new " + bringsBack + "\n");
            Files.writeString(project().resolve("README.md"), "rewritten, " + bringsBack + "\n");
            Files.deleteIfExists(project().resolve("to-delete.txt"));
            assertThat(life.sh("cat users.txt README.md; ls to-delete.txt 2>/dev/null || echo gone"))
                    .isEqualTo("new " + bringsBack + "\nrewritten, " + bringsBack + "\ngone");
        }
    }

    @Test
    @Rule("S-24")
    final void what_the_session_changed_too_stays_its_own() throws IOException {
        SandboxLife life = copied("both", false);
        life.sh("echo session > README.md");
        Files.writeString(project().resolve("README.md"), "the user's, and longer\n");
        assertThat(life.sh("cat README.md")).isEqualTo("session");
        assertThat(project().resolve("README.md")).hasContent("the user's, and longer");
    }

    @Test
    @Rule("S-25")
    final void a_checkpoint_is_what_a_restore_goes_back_to() throws IOException {
        SandboxLife life = copied("restored", false);
        var checkpoint = new Checkpoint("tck-1", "restored", "before", Instant.EPOCH);
        life.sh("echo one > own.txt; rm to-delete.txt");
        copy(life).checkpoint(checkpoint);
        List<String> pending = paths(copy(life).pending().files());
        life.sh("echo two > own.txt; echo late > late.txt; echo back > to-delete.txt; rm README.md");
        life.open();
        assertThat(copy(life).checkpoints()).containsExactly(checkpoint);
        copy(life).restore(checkpoint);
        assertThat(life.sh("cat own.txt README.md; ls late.txt to-delete.txt 2>/dev/null || :"))
                .isEqualTo("one\nA project.");
        assertThat(paths(copy(life).pending().files())).isEqualTo(pending);
        assertThat(project().resolve("own.txt")).doesNotExist();
    }

    @Test
    @Rule("S-25")
    final void a_restore_follows_that_of_the_workspace() throws IOException {
        SandboxLife life = copied("followed", true);
        var checkpoint = new Checkpoint("tck-2", "followed", "before", Instant.EPOCH);
        life.sh("echo one > own.txt");
        copy(life).checkpoint(checkpoint);
        life.sh("echo two > own.txt; echo late > late.txt");
        Files.writeString(project().resolve("own.txt"), "one\n");
        Files.delete(project().resolve("late.txt"));
        copy(life).restore(checkpoint);
        assertThat(life.sh("cat own.txt; ls late.txt 2>/dev/null || :")).isEqualTo("one");
        assertThat(project().resolve("own.txt")).hasContent("one");
        assertThat(project().resolve("late.txt")).doesNotExist();
    }

    @Test
    @Rule("S-26")
    final void what_has_not_come_back_keeps_the_session() throws IOException {
        SandboxLife life = copied("unmerged", false);
        life.sh("echo session > own.txt; rm to-delete.txt");
        List<String> pending = paths(copy(life).pending().files());
        life.open();
        assertThat(paths(copy(life).pending().files())).isEqualTo(pending).contains("own.txt", "to-delete.txt");
        assertThat(life.remove(RemovalPolicy.safe().endingProcesses()).kept()).isNotEmpty();
        life.open();
        assertThat(life.sh("cat own.txt")).isEqualTo("session");
        assertThat(project().resolve("own.txt")).doesNotExist();
        RemovalPolicy forgetting = RemovalPolicy.safe().endingProcesses().forgetting();
        assertThat(life.remove(forgetting).kept()).as("told to forget").isEmpty();
    }
}
