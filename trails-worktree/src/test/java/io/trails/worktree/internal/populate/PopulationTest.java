package io.trails.worktree.internal.populate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.spi.WorkspaceSettings;
import io.trails.worktree.fixture.TestRepository;
import io.trails.worktree.internal.git.GitCall;
import io.trails.worktree.internal.git.GitFailedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PopulationTest {
    @TempDir
    private Path parent;

    private TestRepository source;

    @BeforeEach
    void repository() throws IOException {
        source = TestRepository.init(parent.resolve("source"));
        source.write("a.txt", "one\n").write("deep/er/b.txt", "two\n").write("deep/c.bin", "\0\1\2");
        source.write("run.sh", "#!/bin/sh\n");
        Files.setPosixFilePermissions(source.path("run.sh"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createSymbolicLink(source.path("link"), Path.of("deep/c.bin"));
        Files.createSymbolicLink(source.path("dangling"), Path.of("../nowhere"));
        source.write("empty", "").write("large", "x".repeat(3 << 20));
        source.commit("first");
    }

    private FilledTree register() throws IOException {
        return FilledTree.register(source, parent, source.git("rev-parse", "HEAD"));
    }

    private void fills(FilledTree tree) throws IOException {
        assertThat(tree.populate(Optional.of(source.directory()))).isEmpty();
        tree.isAsGitMadeIt();
    }

    @Test
    void a_clean_source_is_copied_as_a_whole() throws Exception {
        FilledTree tree = register();
        assertThat(tree.seed(source.directory())).isTrue();
        tree.isAsGitMadeIt();
    }

    @Test
    void git_need_not_read_a_copy_again_and_sees_one_that_is_changed_at_once() throws Exception {
        FilledTree tree = register();
        assertThat(tree.seed(source.directory())).isTrue();
        TestRepository ours = tree.ours();
        long index = seconds(GitDirectory.of(ours.directory()).index());
        for (String file : List.of("a.txt", "deep/er/b.txt", "empty", "large", "run.sh")) {
            assertThat(seconds(ours.path(file))).isLessThan(index);
        }
        ours.write("a.txt", "oen\n");
        assertThat(ours.git("status", "--porcelain")).isEqualTo("M a.txt");
    }

    private static long seconds(Path file) throws IOException {
        return Files.getLastModifiedTime(file).to(TimeUnit.SECONDS);
    }

    @Test
    void without_a_source_git_fills_the_tree() throws Exception {
        FilledTree tree = register();
        assertThat(tree.populate(Optional.empty())).isEmpty();
        tree.isAsGitMadeIt();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "3", "4"})
    void every_version_of_the_index_is_read(String version) throws Exception {
        source.git("update-index", "--index-version", version);
        FilledTree tree = register();
        assertThat(tree.seed(source.directory())).isTrue();
        tree.isAsGitMadeIt();
    }

    @Test
    void a_split_index_is_refused_by_name_and_git_fills_the_tree() throws Exception {
        source.git("update-index", "--split-index");
        FilledTree tree = register();
        assertThatThrownBy(() -> tree.seed(source.directory()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("'link'");
        fills(tree);
    }

    @Test
    void an_index_with_a_wrong_checksum_is_refused() throws Exception {
        FilledTree tree = register();
        Path index = source.path(".git/index");
        byte[] bytes = Files.readAllBytes(index);
        bytes[100] ^= 1;
        Files.write(index, bytes);
        assertThatThrownBy(() -> tree.seed(source.directory())).isInstanceOf(Exception.class);
        fills(tree);
    }

    @Test
    void a_repository_with_longer_object_names_is_copied_too() throws Exception {
        Path directory = Files.createDirectories(parent.resolve("long"));
        TestRepository other = TestRepository.at(directory, source.environment());
        other.git("init", "-q", "-b", "main", "--object-format=sha256");
        other.write("a.txt", "one\n").write("b/c.txt", "two\n");
        String commit = other.commit("first");
        FilledTree tree = FilledTree.register(other, parent, commit);
        assertThat(tree.seed(other.directory())).isTrue();
        tree.isAsGitMadeIt();
    }

    @Test
    void what_is_changed_touched_staged_or_deleted_in_the_source_does_not_reach_the_tree() throws Exception {
        source.write("a.txt", "changed\n").write("untracked", "mine\n");
        source.write("deep/er/b.txt", "2wo\n");
        Files.setLastModifiedTime(source.path("run.sh"), FileTime.from(Instant.EPOCH));
        Files.delete(source.path("empty"));
        source.write("staged", "new\n").write("deep/c.bin", "other");
        source.git("add", "staged", "deep/c.bin");
        Files.delete(source.path("link"));
        Files.createSymbolicLink(source.path("link"), Path.of("/etc/passwd"));
        fills(register());
    }

    @Test
    void a_change_with_the_same_size_and_time_does_not_reach_the_tree() throws Exception {
        FileTime before = Files.getLastModifiedTime(source.path("a.txt"));
        source.write("a.txt", "oNe\n");
        Files.setLastModifiedTime(source.path("a.txt"), before);
        source.git("config", "core.trustctime", "false");
        source.git("config", "core.checkStat", "minimal");
        fills(register());
    }

    @Test
    void marked_entries_are_proven_like_others() throws Exception {
        source.git("update-index", "--assume-unchanged", "a.txt");
        source.git("update-index", "--skip-worktree", "empty");
        source.write("a.txt", "hidden\n").write("empty", "hidden");
        source.write("later", "intended");
        source.git("add", "-N", "later");
        fills(register());
    }

    @Test
    void another_commit_than_the_sources_gets_its_own_files() throws Exception {
        String first = source.git("rev-parse", "HEAD");
        source.git("rm", "-q", "-r", "deep", "a.txt");
        source.write("deep", "now a file").write("a.txt/b", "now a directory");
        source.commit("second");
        FilledTree tree = FilledTree.register(source, parent, first);
        fills(tree);
    }

    @Test
    void an_empty_commit_gives_an_empty_tree() throws Exception {
        source.git("rm", "-q", "-r", ".");
        source.commit("nothing");
        fills(register());
    }

    @Test
    void files_that_git_writes_with_other_bytes_are_written_by_git() throws Exception {
        source.git("config", "filter.upper.clean", "tr A-Z a-z");
        source.git("config", "filter.upper.smudge", "tr a-z A-Z");
        source.write("x.up", "shout\n")
                .write("i.c", "$Id$\n")
                .write("w.bat", "echo\n")
                .write("u.u16", "wide\n");
        source.write(".gitattributes", "[attr]loud filter=upper\n*.up loud\n*.c ident\n*.bat eol=crlf\n");
        source.write("deep/.gitattributes", "\"c.\\142in\" -text ident\n*.u16 text working-tree-encoding=UTF-16\n");
        source.write("deep/v.u16", "");
        source.commit("attributes");
        fills(register());
    }

    @Test
    void attributes_that_were_added_later_count_although_the_source_is_clean() throws Exception {
        source.write("lf.bat", "one\n");
        source.commit("line ends");
        source.write(".gitattributes", "*.bat text eol=crlf\n");
        source.commit("attributes");
        assertThat(source.read("lf.bat")).isEqualTo("one\n");
        FilledTree tree = register();
        fills(tree);
        assertThat(tree.ours().read("lf.bat")).isEqualTo("one\r\n");
    }

    @Test
    void attributes_of_the_repository_and_of_the_user_count() throws Exception {
        source.write("i.c", "$Id$\n").write("j.h", "$Id$\n");
        source.commit("keywords");
        source.write(".git/info/attributes", "*.c ident\n");
        Path users = parent.resolve("attributes");
        Files.writeString(users, "*.h ident\n");
        source.git("config", "core.attributesFile", users.toString());
        FilledTree tree = register();
        fills(tree);
        assertThat(tree.ours().read("j.h")).contains("$Id: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "core.autocrlf=true",
                "core.autocrlf=input",
                "core.eol=crlf",
                "core.symlinks=false",
                "core.fileMode=false",
                "index.version=4",
                "core.quotePath=true",
                "core.ignoreCase=true"
            })
    void configuration_counts(String setting) throws Exception {
        source.write(".gitattributes", "*.txt text\n").write("crlf", "a\r\nb\r\n");
        source.commit("text");
        source.git("config", setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
        fills(register());
    }

    @Test
    void hard_names_reach_the_tree() throws Exception {
        var listing = new ByteArrayOutputStream();
        String blob = source.git("rev-parse", "HEAD:a.txt");
        byte[][] names = {
            "new\nline".getBytes(StandardCharsets.US_ASCII),
            "quo\"te and ' \\ back\tslash".getBytes(StandardCharsets.US_ASCII),
            "\u00fcmlaut/\u65e5\u672c".getBytes(StandardCharsets.UTF_8),
            {'n', 'o', 't', (byte) 0xff, (byte) 0xfe},
            {(byte) 0xe9, '/', (byte) 0xe9, 't'},
            "n".repeat(255).getBytes(StandardCharsets.US_ASCII),
            "-dash :colon *star?".getBytes(StandardCharsets.US_ASCII),
        };
        for (byte[] name : names) {
            listing.writeBytes(("100644 " + blob + "\t").getBytes(StandardCharsets.US_ASCII));
            listing.writeBytes(name);
            listing.write(0);
        }
        source.git()
                .run(GitCall.of("update-index", "-z", "--index-info")
                        .input(listing.toByteArray())
                        .locking());
        source.git("checkout-index", "-a", "-u");
        source.git("commit", "-q", "-m", "names");
        fills(register());
    }

    @Test
    void a_link_in_place_of_a_directory_of_the_source_is_not_followed() throws Exception {
        Files.move(source.path("deep"), parent.resolve("moved"));
        Files.createSymbolicLink(source.path("deep"), parent.resolve("moved"));
        FilledTree tree = register();
        assertThat(tree.seed(source.directory())).isFalse();
        assertThat(tree.ours().path("deep")).doesNotExist();
    }

    @Test
    void no_hook_runs() throws Exception {
        FilledTree tree = register();
        for (String hook : new String[] {"post-checkout", "post-index-change"}) {
            source.write(".git/hooks/" + hook, "#!/bin/sh\ntouch '" + parent.resolve("ran") + "'\n");
            Files.setPosixFilePermissions(
                    source.path(".git/hooks/" + hook), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        tree.populate(Optional.empty());
        assertThat(parent.resolve("ran")).doesNotExist();
    }

    @Test
    void a_required_filter_that_fails_is_an_error() throws Exception {
        source.write(".gitattributes", "*.txt filter=broken\n");
        source.commit("filter");
        FilledTree tree = register();
        source.git("config", "filter.broken.smudge", "false");
        source.git("config", "filter.broken.required", "true");
        assertThatThrownBy(() -> tree.populate(Optional.of(source.directory()))).isInstanceOf(GitFailedException.class);
    }

    @Test
    void a_sparse_source_gives_a_sparse_tree() throws Exception {
        source.write("kept/k.txt", "k").write("left/l.txt", "l");
        source.commit("more");
        source.git("sparse-checkout", "set", "kept");
        FilledTree tree = register();
        fills(tree);
        assertThat(tree.ours().path("left")).doesNotExist();
        assertThat(tree.ours().path("kept/k.txt")).exists();
    }

    @Test
    void sparse_settings_are_inherited_where_git_did_not() throws Exception {
        source.write("kept/k.txt", "k").write("left/l.txt", "l");
        source.commit("more");
        source.git("sparse-checkout", "set", "kept");
        FilledTree tree = register();
        Path own = GitDirectory.of(tree.ours().directory()).path();
        Files.deleteIfExists(own.resolve("config.worktree"));
        Files.deleteIfExists(own.resolve("info/sparse-checkout"));
        fills(tree);
        assertThat(tree.ours().path("left")).doesNotExist();
    }

    @Test
    void a_half_filled_tree_is_finished_and_nothing_in_it_is_lost() throws Exception {
        FilledTree tree = register();
        tree.ours().write("a.txt", "one\n").write("large", "xxxx").write("deep/er", "a file in the way");
        tree.ours().write("empty/dir", "a directory in the way").write("foreign", "nobody's");
        Path own = GitDirectory.of(tree.ours().directory()).path();
        Files.writeString(own.resolve("index.lock"), "half");
        tree.populate(Optional.of(source.directory()));
        assertThat(tree.ours().read("foreign")).isEqualTo("nobody's");
        Files.delete(tree.ours().path("foreign"));
        tree.isAsGitMadeIt();
        try (var aside = Files.walk(own.resolve("trails-aside"))) {
            assertThat(aside.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("large", "er", "dir");
        }
    }

    @Test
    void a_filled_tree_stays_as_it_is() throws Exception {
        FilledTree tree = register();
        fills(tree);
        fills(tree);
    }

    @Test
    void a_partial_clone_fetches_what_it_lacks() throws Exception {
        source.git("config", "uploadpack.allowFilter", "true");
        Path clone = parent.resolve("partial");
        source.git(
                "clone",
                "-q",
                "--no-checkout",
                "--filter=blob:none",
                source.directory().toUri().toString(),
                clone.toString());
        TestRepository partial = TestRepository.at(clone, source.environment());
        FilledTree tree = FilledTree.register(partial, parent, source.git("rev-parse", "HEAD"));
        tree.populate(Optional.of(partial.directory()));
        tree.isAsGitMadeIt();
    }

    @Test
    void the_switch_for_large_files_reaches_the_filter() throws Exception {
        source.git("config", "filter.lfs.smudge", "echo skip=$GIT_LFS_SKIP_SMUDGE");
        source.git("config", "filter.lfs.clean", "cat");
        source.write(".gitattributes", "*.big filter=lfs -text\n").write("x.big", "pointer\n");
        String commit = source.commit("large files");
        FilledTree tree = register();
        Population.populate(
                tree.ours().git(),
                Optional.of(source.directory()),
                commit,
                Optional.empty(),
                WorkspaceSettings.none().withLargeFiles(false));
        assertThat(tree.ours().read("x.big")).isEqualTo("skip=1\n");
    }

    @Test
    void submodules_of_the_source_come_along_without_their_origin() throws Exception {
        TestRepository library = TestRepository.init(parent.resolve("library"));
        library.write("l.txt", "library\n").commit("library");
        source.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "../library", "lib/one");
        source.commit("submodule");
        Files.move(library.directory(), parent.resolve("gone"));
        FilledTree tree = register();
        assertThat(tree.populate(Optional.of(source.directory()))).isEmpty();
        assertThat(tree.ours().read("lib/one/l.txt")).isEqualTo("library\n");
        assertThat(tree.ours().git("status", "--porcelain")).isEmpty();
        assertThat(tree.ours().git("submodule", "status")).doesNotStartWith("-");
        assertThat(tree.ours().git("-C", "lib/one", "remote", "get-url", "origin"))
                .isEqualTo(source.git("-C", "lib/one", "remote", "get-url", "origin"));
    }

    @Test
    void a_submodule_whose_commit_the_source_lacks_is_told() throws Exception {
        TestRepository library = TestRepository.init(parent.resolve("library"));
        library.write("l.txt", "library\n").commit("library");
        source.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "../library", "lib");
        source.git("update-index", "--cacheinfo", "160000," + "1".repeat(40) + ",lib");
        source.git("commit", "-q", "-m", "elsewhere");
        FilledTree tree = register();
        assertThat(tree.populate(Optional.of(source.directory())))
                .singleElement()
                .satisfies(reason -> assertThat(reason.code()).isEqualTo("worktree.submodule-missing"));
        assertThat(tree.ours().path("lib")).isEmptyDirectory();
    }

    @Test
    void a_submodule_with_a_name_that_leads_elsewhere_is_passed_over() throws Exception {
        String commit = source.git("rev-parse", "HEAD");
        source.write(".gitmodules", "[submodule \"../../evil\"]\n\tpath = lib\n\turl = ./x\n");
        source.git("add", ".gitmodules");
        source.git("update-index", "--add", "--cacheinfo", "160000," + commit + ",lib");
        source.git("commit", "-q", "-m", "evil");
        fills(register());
    }
}
