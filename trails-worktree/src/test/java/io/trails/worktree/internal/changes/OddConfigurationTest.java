package io.trails.worktree.internal.changes;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.DiffRequest;
import io.trails.FileDiff;
import io.trails.worktree.fixture.TestRepository;
import io.trails.worktree.internal.git.Git;
import io.trails.worktree.internal.git.GitProgram;
import io.trails.worktree.internal.tree.SessionTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user may have configured for reading diffs and statuses themselves. */
class OddConfigurationTest {
    private static final List<String> TOLD = List.of(
            "MODIFIED a.c +1 -1",
            "MODIFIED crlf.txt +1 -1",
            "RENAMED gone -> here/gone +0 -0",
            "MODIFIED opaque",
            "ADDED twin +9 -0");

    @TempDir
    static Path original;

    private static StartedTree started;

    @TempDir
    Path scratch;

    private TestRepository repository;
    private StartedTree session;

    @BeforeAll
    static void changeSomeFiles() throws IOException {
        var repository = TestRepository.init(original.resolve("repo"));
        repository.write(".gitattributes", "opaque -diff\n*.txt text eol=crlf\n*.c diff=odd\n");
        repository
                .write("a.c", "1\n2\n\n4\n5\n6\n7\n8\n9\n")
                .write("gone", "g\n")
                .write("opaque", "1\n");
        repository.write("crlf.txt", "1\r\n2\r\n").commit("base");
        started = StartedTree.of(repository);
        repository.write("twin", repository.read("a.c")).write("a.c", "1\n2\n\n4\nfive\n6\n7\n8\n9\n");
        repository.write("crlf.txt", "1\r\nII\r\n").write("opaque", "2\n");
        Files.createDirectory(repository.path("here"));
        repository.git("mv", "gone", "here/gone");
    }

    @BeforeEach
    void copy() throws IOException {
        repository = started.repository.copy(scratch.resolve("repo"));
        session = started.in(repository);
    }

    /** Some at once, of which none hides what another would do. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "diff.noprefix=true color.ui=always status.aheadBehind=true",
                "diff.mnemonicPrefix=true color.diff=always status.submoduleSummary=true",
                "diff.external=false color.status=always i18n.logOutputEncoding=latin1",
                "diff.odd.command=false core.quotePath=true feature.manyFiles=true",
                "diff.odd.textconv=false core.autocrlf=true alias.status=!false",
                "diff.renames=copies core.autocrlf=input",
                "diff.renames=false core.safecrlf=true",
                "diff.renameLimit=1 core.whitespace=cr-at-eol,tab-in-indent",
                "diff.orderFile=/dev/null core.pager=false",
                "diff.context=0 core.preloadIndex=false",
                "diff.interHunkContext=99 core.untrackedCache=true",
                "diff.algorithm=patience core.splitIndex=true",
                "diff.suppressBlankEmpty=true core.checkStat=minimal",
                "diff.wsErrorHighlight=all core.commentChar=+",
                "diff.colorMoved=zebra core.precomposeUnicode=true",
                "diff.relative=true status.short=true",
                "diff.statGraphWidth=1 status.branch=false",
                "diff.ignoreSubmodules=all status.showUntrackedFiles=no",
                "diff.submodule=log status.renames=copies",
                "diff.indentHeuristic=false status.relativePaths=true",
                "diff.autoRefreshIndex=false status.showStash=true"
            })
    void nothing_of_it_changes_an_answer(String settings) throws Exception {
        for (String setting : settings.split(" ", -1)) {
            int equals = setting.indexOf('=');
            repository.git("config", setting.substring(0, equals), setting.substring(equals + 1));
        }
        assertThat(session.told()).isEqualTo(TOLD);
        assertPatchLooksTheSame();
    }

    private void assertPatchLooksTheSame() {
        assertThat(new String(session.patch(), StandardCharsets.UTF_8))
                .contains(
                        "diff --git a/a.c b/a.c",
                        "--- a/a.c\n+++ b/a.c\n@@ -2,7 +2,7 @@\n 2\n \n 4\n-5\n+five\n 6\n 7\n 8\n")
                .contains("rename from gone\nrename to here/gone\n");
        assertThat(session.diffs(DiffRequest.all()))
                .extracting(FileDiff::change)
                .isEqualTo(session.changes().changes().files());
        assertThat(session.patched()).isEqualTo(session.snapshot());
    }

    @Test
    void nor_does_anything_in_the_host_s_environment() throws Exception {
        Path tool = scratch.resolve("tool");
        Files.writeString(tool, "#!/bin/sh\ntouch '" + scratch.resolve("ran") + "'\n");
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
        var environment = new HashMap<>(repository.environment());
        environment.put("GIT_EXTERNAL_DIFF", tool.toString());
        environment.put("GIT_PAGER", tool.toString());
        environment.put("GIT_DIR", scratch.toString());
        environment.put("GIT_INDEX_FILE", scratch.resolve("none").toString());
        environment.put("GIT_DIFF_OPTS", "-u0");
        environment.put("GIT_CONFIG_COUNT", "1");
        environment.put("GIT_CONFIG_KEY_0", "diff.external");
        environment.put("GIT_CONFIG_VALUE_0", tool.toString());
        environment.put("LC_ALL", "de_DE.UTF-8");
        environment.put("LANGUAGE", "de");
        GitProgram program = TestRepository.program(environment);
        SessionTree old = session.tree;
        var tree = new SessionTree(
                new Git(program, old.root()),
                old.repository(),
                old.root(),
                old.prefix(),
                old.sessionId(),
                old.refs(),
                old.base(),
                old.branch(),
                old.baseBranch(),
                old.ignored(),
                old.clock());
        assertThat(new TreeChanges(tree).changes()).isEqualTo(session.changes().changes());
        assertThat(session.told()).isEqualTo(TOLD);
        assertPatchLooksTheSame();
        assertThat(scratch.resolve("ran")).doesNotExist();
    }

    @Test
    void a_diff_attribute_makes_lines_of_bytes_that_apply_all_the_same() throws Exception {
        repository.write(".gitattributes", "opaque diff\n");
        Files.write(repository.path("opaque"), new byte[] {'1', 0, 13, 10, 10, (byte) 0xff, 10, 'x'});
        assertThat(session.told()).contains("MODIFIED opaque +4 -1");
        assertThat(session.patched()).isEqualTo(session.snapshot());
    }

    @Test
    void the_permissions_of_files_do_not_count_where_git_ignores_them() throws Exception {
        repository.git("config", "core.fileMode", "false");
        Files.setPosixFilePermissions(repository.path("a.c"), PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(session.told()).isEqualTo(TOLD);
        assertThat(session.patched()).isEqualTo(session.snapshot());
    }
}
