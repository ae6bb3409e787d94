package io.trails.internal.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a killed JVM left written down may be damaged, and several may find it at once. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "what a killed host ran is told by /proc")
class LostCommandsTest {
    private final ProcessTable table = ProcessTable.ofThisSystem();
    private final List<Process> started = new ArrayList<>();
    /** The host has all marks together: another run of the same test on this machine may be at it. */
    private final String drawn = UUID.randomUUID().toString();

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void file() {
        file = folder.resolve(CommandRecord.PREFIX + "1-other-0");
    }

    @AfterEach
    void end() {
        for (Process process : started) process.destroyForcibly();
    }

    private Process start(String mark, String script) throws IOException {
        var builder = new ProcessBuilder("sh", "-c", script, "sh", folder.toString());
        builder.environment().put(Marks.EXEC, mark);
        Process process = builder.start();
        started.add(process);
        await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(folder.resolve(mark)));
        return process;
    }

    private Process start(String mark) throws IOException {
        return start(mark, "echo > \"$1/" + mark + "\"; exec sleep 1000");
    }

    private void endLost() {
        new LostCommands(folder, table).end();
    }

    @Test
    void damaged_lines_are_passed_over() throws Exception {
        Process lost = start(drawn + "-1");
        Files.write(
                file,
                List.of(
                        "foo bar",
                        "",
                        "foo",
                        "foo 1 2",
                        "foo 99999999999999999999",
                        "foo -1",
                        "f\u00e9 1",
                        drawn + "-1 " + lost.pid()));
        endLost();
        assertThat(lost.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(file).doesNotExist();
    }

    @Test
    void a_file_that_another_thread_is_at_is_left_to_it() throws Exception {
        Process lost = start(drawn + "-2");
        Files.writeString(file, drawn + "-2 " + lost.pid() + "\n");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            endLost();
            assertThat(lock.isValid()).isTrue();
            assertThat(lost.isAlive()).isTrue();
        }
        endLost();
        assertThat(lost.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void several_share_one_grace() throws Exception {
        var lines = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            String mark = drawn + "-deaf-" + i;
            String deaf = "trap '' TERM; echo > \"$1/" + mark + "\"; while :; do sleep 1000; done";
            lines.append(mark + " " + start(mark, deaf).pid() + "\n");
        }
        Files.writeString(file, lines);
        var asking = new AskingTable(table);
        new LostCommands(folder, asking).end();
        for (Process process : started)
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        // One after the other, the second would be asked when the first had had its grace.
        assertThat(asking.askedBeforeAnyKill)
                .containsAll(started.stream().map(Process::pid).toList());
        assertThat(asking.askedAfterAKill).isEmpty();
    }

    /** The processes of this machine, and who was asked to end before one of them was killed. */
    private static final class AskingTable implements ProcessTable {
        private final ProcessTable real;
        private final Set<Long> askedBeforeAnyKill = new HashSet<>();
        private final Set<Long> askedAfterAKill = new HashSet<>();
        private boolean killed;

        AskingTable(ProcessTable real) {
            this.real = real;
        }

        @Override
        public void end(ProcessEntry process, boolean force) {
            killed |= force;
            if (!force) (killed ? askedAfterAKill : askedBeforeAnyKill).add(process.pid());
            real.end(process, force);
        }

        @Override
        public long[] pids() {
            return real.pids();
        }

        @Override
        public Optional<ProcessEntry> find(long pid) {
            return real.find(pid);
        }

        @Override
        public Optional<String> variable(long pid, String name) {
            return real.variable(pid, name);
        }

        @Override
        public long ageMillis(ProcessEntry process) {
            return real.ageMillis(process);
        }

        @Override
        public long proportionalBytes(ProcessEntry process) {
            return real.proportionalBytes(process);
        }

        @Override
        public boolean readsVariables() {
            return real.readsVariables();
        }
    }
}
