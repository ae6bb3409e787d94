package io.trails.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trails.ExecResult;
import io.trails.RemovalPolicy;
import io.trails.Session;
import io.trails.Trails;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Many sessions, two hosts, much output and many files. */
@EnabledOnOs(OS.LINUX)
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ContainerHostsTest extends ContainerBench {
    private HostProcess host(String... jvm) throws IOException {
        HostProcess host = HostProcess.start(
                List.of(jvm),
                RemoteContainerHost.class,
                project.directory(),
                engine.cli(folder.resolve("cli")).toString(),
                engine.runnerHost());
        assertThat(host.reply()).contains("ready");
        return host;
    }

    @Test
    void two_hosts_share_a_session_and_one_ends_what_the_other_runs() throws Exception {
        try (HostProcess left = host();
                HostProcess right = host()) {
            assertThat(left.ask("open work")).contains("ok");
            assertThat(left.ask("exec work echo left > left.txt; cat README.md"))
                    .contains("ok precious");
            assertThat(right.ask("exec work echo right > right.txt; cat left.txt"))
                    .contains("ok left");
            assertThat(left.ask("exec work cat left.txt right.txt")).contains("ok left right");
            assertThat(right.ask("open work")).contains("session.exists");

            var running = CompletableFuture.supplyAsync(() -> left.ask("exec work sleep 600"));
            await().atMost(LIMIT).until(() -> engine.traffic().running() > 0);
            assertThat(right.ask("stop work")).contains("ok");
            assertThat(running.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).contains("CANCELLED exec.stopped");

            assertThat(left.ask("exec work cat right.txt")).contains("ok right");
            await().atMost(LIMIT).until(() -> engine.traffic().running() == 0);
            var again = CompletableFuture.supplyAsync(() -> left.ask("exec work sleep 600"));
            await().atMost(LIMIT).until(() -> engine.traffic().running() > 0);
            assertThat(right.ask("remove work")).contains("ok");
            assertThat(again.get(LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .hasValueSatisfying(answer -> assertThat(answer).startsWith("CANCELLED"));
            assertThat(left.ask("exec work true").orElseThrow()).doesNotStartWith("ok");
            assertThat(left.ask("open work")).contains("ok");
            assertThat(left.ask("exec work ls left.txt 2>/dev/null || echo none"))
                    .contains("ok none");
            assertThat(left.end()).isZero();
            assertThat(right.end()).isZero();
        }
        assertThat(project.keeps("left\n")).isTrue();
        project.checkIntegrity();
    }

    @Test
    void ten_sessions_of_one_host_do_not_wait_for_each_other() throws Exception {
        doNotWaitForEachOther(10);
    }

    @Test
    @Tag("long")
    void fifty_sessions_of_one_host_do_not_wait_for_each_other() throws Exception {
        doNotWaitForEachOther(50);
    }

    /** All commands have to run at once: none ends before all have begun. */
    private void doNotWaitForEachOther(int count) throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try (Trails trails = trails()) {
            List<Session> sessions =
                    each(threads, count, number -> trails.open(ContainerProject.clean("number-" + number)));
            assertThat(engine.sessions()).isEqualTo(1);
            List<Future<ExecResult>> waiting = sessions.stream()
                    .map(session -> threads.submit(() -> session.exec("sh", "-c", "echo mine > mine.txt; sleep 600")))
                    .toList();
            await().atMost(LIMIT.multipliedBy(2)).until(() -> engine.traffic().running() >= count);
            each(threads, count, number -> {
                sessions.get(number).stop();
                return number;
            });
            for (Future<ExecResult> one : waiting) {
                assertThat(one.get(120, TimeUnit.SECONDS).status()).isEqualTo(ExecResult.Status.CANCELLED);
            }
            each(threads, count, number -> sh(sessions.get(number), "echo mine > mine.txt"));
            each(threads, count, number -> {
                Session session = sessions.get(number);
                assertThat(changed(session)).containsExactly("mine.txt");
                return session.remove(RemovalPolicy.safe().rescuing().endingProcesses());
            });
            assertThat(trails.sessions()).isEmpty();
        } finally {
            threads.shutdownNow();
            assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        }
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .extracting(Thread::getName)
                        .noneMatch(name -> name.startsWith("trails-dagger") || name.startsWith("trails-live")));
    }

    private interface Numbered<T> {
        T of(int number) throws Exception;
    }

    private static <T> List<T> each(ExecutorService threads, int count, Numbered<T> work) throws Exception {
        List<Callable<T>> all = IntStream.range(0, count)
                .mapToObj(number -> (Callable<T>) () -> work.of(number))
                .toList();
        var results = new ArrayList<T>();
        for (Future<T> one : threads.invokeAll(all)) results.add(one.get());
        return results;
    }

    @Test
    void a_small_heap_is_enough_for_much_output() throws IOException {
        try (HostProcess small = host("-Xmx64m")) {
            assertThat(small.ask("open work")).contains("ok");
            assertThat(small.ask("output work head -c 100000000 /dev/zero | tr '\\0' x"))
                    .contains("100000000");
            assertThat(small.ask("exec work echo fine")).contains("ok fine");
            assertThat(small.end()).isZero();
        }
    }

    @Test
    @Tag("long")
    void a_small_heap_is_enough_for_a_large_tree() throws IOException {
        var random = new Random(7);
        byte[] content = new byte[1 << 20];
        for (int i = 0; i < 500; i++) {
            Path file = project.directory().resolve("large/" + i % 10 + "/" + i);
            Files.createDirectories(file.getParent());
            random.nextBytes(content);
            try (OutputStream out = Files.newOutputStream(file)) {
                out.write(content);
            }
        }
        project.git("add", "-A");
        project.git("commit", "-q", "-m", "Large");
        try (HostProcess small = host("-Xmx128m")) {
            assertThat(small.ask("open work")).contains("ok");
            assertThat(small.ask("exec work ls large/* | grep -c '^[0-9][0-9]*$'"))
                    .contains("ok 500");
            // A hundred files of it change, and all of a directory moves.
            Optional<String> changed = small.ask(
                    "exec work for f in large/0/* large/1/*; do echo more >> $f; done; mv large/2 large/moved; rm -r large/3");
            assertThat(changed).contains("ok ");
            assertThat(small.ask("exec work ls large | wc -l")).contains("ok 9");
            assertThat(small.end()).isZero();
        }
        Path tree = project.trees().resolve("work/large");
        assertThat(tree.resolve("0/0")).hasSize((1 << 20) + 5);
        assertThat(tree.resolve("moved/2")).hasSize(1 << 20);
        assertThat(tree.resolve("3")).doesNotExist();
    }
}
