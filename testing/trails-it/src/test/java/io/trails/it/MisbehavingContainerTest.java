package io.trails.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trails.DirtyPolicy;
import io.trails.ExecResult;
import io.trails.MergeRequest;
import io.trails.MergeResult;
import io.trails.Session;
import io.trails.Trails;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An agent may do what it likes in its container: nothing of the host is touched, and its finished work is not lost. */
@EnabledOnOs(OS.LINUX)
@Timeout(value = 4, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MisbehavingContainerTest extends ContainerBench {
    private Trails trails;
    private Session session;
    private Path tree;
    private Path outside;
    private Map<String, String> before;

    @BeforeEach
    void anAgentHasWorked() throws IOException {
        outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("precious.txt"), "precious\n");
        before = project.users("main");
        trails = trails();
        session = trails.open(
                ContainerProject.spec("work").dirty(DirtyPolicy.IGNORE).build());
        tree = session.info().directory().orElseThrow();
        sh(session, "echo written > written.txt; echo edited >> README.md; mkdir deep; echo deep > deep/file.txt");
    }

    @AfterEach
    void closeTrails() {
        trails.close();
    }

    /** What it did may fail; the host goes on. */
    private ExecResult agent(String script) {
        return session.exec("sh", "-c", script);
    }

    private void nothingEscaped() throws IOException {
        assertThat(project.users("main")).isEqualTo(before);
        assertThat(outside.resolve("precious.txt")).hasContent("precious");
        try (Stream<Path> all = Files.list(outside)) {
            assertThat(all).hasSize(1);
        }
        project.checkIntegrity();
        assertThat(engine.traffic().refused()).isEmpty();
    }

    private void isUsable() throws IOException {
        assertThat(sh(session, "cat written.txt; echo usable > usable.txt")).isEqualTo("written\n");
        assertThat(tree.resolve("usable.txt")).hasContent("usable");
        nothingEscaped();
    }

    private void mergesToo() throws IOException {
        isUsable();
        assertThat(session.merge(MergeRequest.into("main"))).isInstanceOf(MergeResult.Merged.class);
        assertThat(project.git("show", "main:written.txt")).isEqualTo("written");
        nothingEscaped();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".git/hooks/post-checkout",
                ".GIT/hooks/post-checkout",
                ".git./hooks/post-checkout",
                "sub/.git/config",
                "deep/.Git/hooks/pre-commit",
                "git~1/config"
            })
    void what_looks_like_gits_own_never_comes_back(String path) throws IOException {
        String folder = path.substring(0, path.lastIndexOf('/'));
        agent("rm -rf .git; mkdir -p " + folder + "; printf '#!/bin/sh\\ntouch " + outside + "/run\\n' > " + path
                + "; chmod +x " + path);
        assertThat(Files.exists(tree.resolve(path), LinkOption.NOFOLLOW_LINKS)).isFalse();
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(events)
                        .anySatisfy(event -> assertThat(event.reason().code()).isEqualTo("dagger.path-git")));
        mergesToo();
    }

    @Test
    void a_link_leads_nobody_out() throws IOException {
        agent("ln -s " + outside
                + " out; ln -s ../../.. up; ln -s /etc/passwd etc; ln -s nowhere dangling; ln -s loop loop");
        assertThat(Files.readSymbolicLink(tree.resolve("out"))).isEqualTo(outside);
        agent("rm out; mkdir out; echo evil > out/precious.txt; rm up; mkdir -p up/x; echo evil > up/x/y");
        assertThat(tree.resolve("out/precious.txt")).hasContent("evil");
        agent("rm -r deep; ln -s " + outside + " deep");
        agent("rm deep; mkdir deep; echo evil > deep/precious.txt; rm -r deep; ln -s " + outside + " deep");
        assertThat(tree.resolve("deep")).isSymbolicLink();
        mergesToo();
    }

    @Test
    void a_directory_that_the_user_replaced_by_a_link_is_not_written_through() throws IOException {
        Files.delete(tree.resolve("deep/file.txt"));
        Files.delete(tree.resolve("deep"));
        Files.createSymbolicLink(tree.resolve("deep"), outside);
        agent("echo evil > deep/precious.txt 2>/dev/null; rm -f deep; mkdir -p deep; echo evil > deep/precious.txt");
        isUsable();
    }

    @Test
    void a_workdir_that_became_a_link_or_nothing_takes_nothing_along() throws IOException {
        agent(
                "cd /; rm -rf /workspace 2>/dev/null; mv /workspace /tmp/away; ln -s /etc /workspace; rm -rf /workspace/*");
        assertThat(agent("echo still here").status()).isNotNull();
        nothingEscaped();
        assertThat(Files.exists(tree.resolve("written.txt")) || project.keeps("written\n") || isRemovedByAgent())
                .isTrue();
    }

    /** To delete its own work is an agent's right; the user's branches are as they were. */
    private boolean isRemovedByAgent() {
        return changed(session).contains("README.md");
    }

    @Test
    void all_that_is_deleted_is_deleted_in_the_tree_alone() throws IOException {
        agent("find . -mindepth 1 -delete; rm -rf /home/* /tmp/* /var/* 2>/dev/null");
        try (Stream<Path> left = Files.list(tree)) {
            assertThat(left.map(Path::getFileName).map(Path::toString)).containsExactly(".git");
        }
        sh(session, "echo written > written.txt");
        isUsable();
    }

    @Test
    void files_of_every_kind_come_back_or_are_told() throws IOException {
        agent("mkfifo pipe; mknod device c 1 3 2>/dev/null; perl -MSocket -e 'socket(S,PF_UNIX,SOCK_STREAM,0);"
                + " bind(S,sockaddr_un(\"socket\"))' 2>/dev/null; cp /bin/true suid; chmod 6755 suid;"
                + " echo line > \"$(printf 'new\\nline')\"; echo q > 'quo\"te'; echo b > \"$(printf 'by\\377te')\";"
                + " : > empty; mkdir -p hollow/one; chmod 000 empty; echo dash > ./-n");
        assertThat(Files.getPosixFilePermissions(tree.resolve("suid"))).contains(PosixFilePermission.OWNER_EXECUTE);
        assertThat((int) Files.getAttribute(tree.resolve("suid"), "unix:mode") & 06000)
                .isZero();
        assertThat(tree.resolve("new\nline")).hasContent("line");
        assertThat(tree.resolve("-n")).hasContent("dash");
        for (String odd : List.of("pipe", "device", "socket")) {
            boolean nothing = !Files.exists(tree.resolve(odd), LinkOption.NOFOLLOW_LINKS);
            assertThat(nothing || Files.isRegularFile(tree.resolve(odd), LinkOption.NOFOLLOW_LINKS))
                    .as(odd)
                    .isTrue();
        }
        isUsable();
    }

    @Test
    void thousands_of_files_come_back() throws IOException {
        agent("mkdir many; cd many; i=0; while [ $i -lt 3000 ]; do i=$((i + 1)); : > $i; done");
        try (Stream<Path> all = Files.list(tree.resolve("many"))) {
            assertThat(all).hasSize(3_000);
        }
        mergesToo();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kill -9 $PPID; sleep 600",
                "kill -9 -1; sleep 600",
                "echo 'exited 0' > /.trails/io/end; echo lie > /.trails/io/out; exit 7",
                "rm -rf /.trails/io/* /.trails/* 2>/dev/null; exit 7",
                "ln -sf /etc/passwd /.trails/io/out; ln -sf /etc/shadow /.trails/io/err; exit 7",
                "mkdir -p /.trails/io/end /.trails/io/late /.trails/io/pid; rm -f /.trails/io/out; mkfifo /.trails/io/out; exit 7",
                "head -c 20000000 /dev/zero > /.trails/io/fill; head -c 20000000 /dev/zero > /.trails/fill; exit 7",
                "i=0; while [ $i -lt 2000 ]; do i=$((i+1)); : > /.trails/io/$i; done; exit 7"
            })
    void what_it_does_to_its_watcher_harms_itself_alone(String script) throws IOException {
        ExecResult result = agent(script);
        assertThat(result.stdout().text() + result.stderr().text()).doesNotContain("root:");
        isUsable();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mkdir -p ~/bin; printf '#!/bin/sh\\necho hijacked\\n' > ~/bin/cat; chmod +x ~/bin/cat; echo 'PATH=~/bin:$PATH' > ~/.profile",
                "printf '#!/bin/sh\\necho hijacked\\n' > cat; printf 'exit 1\\n' > sh; chmod +x cat sh",
                "export ENV=/tmp/evil BASH_ENV=/tmp/evil; echo 'exit 9' > /tmp/evil; nohup sleep 600 >/dev/null 2>&1 &"
            })
    void what_it_leaves_for_the_next_command_is_not_run_by_it(String script) throws IOException {
        agent(script);
        isUsable();
    }
}
