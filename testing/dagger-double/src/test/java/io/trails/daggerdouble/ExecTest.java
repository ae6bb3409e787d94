package io.trails.daggerdouble;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.daggerdouble.scene.Image;
import io.trails.daggerdouble.scene.Release;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(NeedsBubblewrap.class)
class ExecTest {

    EngineDouble engine;
    Client client;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        engine = EngineDouble.start(Release.V0_21_8, folder.resolve("engine"));
        engine.image(
                "agents:1", Image.base().user("agent").workdir("/home/agent").env("A", "1"));
        client = new Client(engine, folder);
    }

    @AfterAll
    void end() throws IOException {
        client.close();
        engine.close();
    }

    @BeforeEach
    void forget() {
        engine.traffic().reset();
    }

    private String run(String before, String script, String options, String leaves) {
        return client.ask("{container{from(address:\"debian:12\")"
                + nest(
                        before,
                        "withExec(args:[\"sh\",\"-c\"," + Client.quote(script) + "]" + options + "){" + leaves + "}"));
    }

    private static String nest(String before, String inner) {
        return before.isEmpty() ? "{" + inner + "}}}" : "{" + before + "{" + inner + "}}}}";
    }

    @Test
    void the_same_command_on_the_same_files_runs_once() {
        String first = run("", "cat /proc/sys/kernel/random/uuid", "", "stdout");
        assertThat(run("", "cat /proc/sys/kernel/random/uuid", "", "stdout")).isEqualTo(first);
        assertThat(run("withEnvVariable(name:\"N\",value:\"1\")", "cat /proc/sys/kernel/random/uuid", "", "stdout"))
                .isNotEqualTo(first);
        assertThat(engine.traffic().executions()).isEqualTo(2);
    }

    @Test
    void the_same_command_at_the_same_time_runs_once() {
        List<CompletableFuture<String>> answers = IntStream.range(0, 5)
                .mapToObj(i -> client.send(
                                "{container{from(address:\"debian:12\"){withExec(args:[\"sh\",\"-c\",\"sleep 1; cat /proc/sys/kernel/random/uuid\"]){stdout}}}}")
                        .thenApply(response -> response.body()))
                .toList();
        assertThat(answers.stream().map(CompletableFuture::join).distinct()).hasSize(1);
        assertThat(engine.traffic().executions()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 127, 192, 255})
    void any_exit_code_but_those_of_signals_is_a_result(int code) {
        assertThat(run("", "exit " + code, ",expect:ANY", "exitCode")).contains("\"exitCode\":" + code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"exit 128", "exit 191", "kill -9 $$", "kill -TERM $$"})
    void a_signal_s_exit_code_is_an_error(String script) {
        assertThat(run("", "echo out; echo err >&2; " + script, ",expect:ANY", "exitCode"))
                .contains("\"data\":null", "EXEC_ERROR", "\"stdout\":\"out\"", "\"stderr\":\"err\"", "exit code: 1");
    }

    @Test
    void an_error_holds_the_end_of_long_output() {
        String answer = run("", "head -c 200000 /dev/zero | tr '\\0' a; echo end; exit 1", "", "sync");
        assertThat(answer)
                .contains("[omitting 97604 bytes]...a")
                .contains("aend")
                .hasSizeLessThan(103_000);
    }

    @Test
    void secrets_are_seen_by_the_command_but_not_in_its_output() {
        String secret = Client.text(client.ask("{setSecret(name:\"s\",plaintext:\"hunter2\"){id}}"), "id");
        assertThat(run(
                        "withSecretVariable(name:\"S\",secret:\"" + secret + "\")",
                        "echo $S; printf %s $S | wc -c",
                        "",
                        "stdout"))
                .contains("\"stdout\":\"***\\n7\\n\"");
    }

    @Test
    void input_and_redirections_are_files_of_the_container() {
        assertThat(run(
                        "",
                        "cat; echo e >&2",
                        ",stdin:\"x\\ny\",redirectStdout:\"/o\",redirectStderr:\"/e\"",
                        "file(path:\"/o\"){contents}"))
                .contains("\"contents\":\"x\\ny\"");
    }

    @Test
    void an_image_s_user_and_directory_are_used() {
        assertThat(
                        client.ask(
                                "{container{from(address:\"agents:1\"){user withExec(args:[\"sh\",\"-c\",\"id -u; id -g; pwd; echo $A $HOME; echo ok > f; cat f\"]){stdout}}}}"))
                .contains("1000\\n1000\\n/home/agent\\n1 /home/agent\\nok\\n");
    }

    @Test
    void background_processes_end_with_the_command() {
        assertThat(run("", "sleep 1000 & echo started", "", "stdout")).contains("started");
        assertThat(engine.traffic().running()).isZero();
    }

    /** Hangups, interrupts and quits, which a shell has its own background ignore: tests may run there. */
    @Test
    void a_command_hears_signals_that_who_plays_the_engine_ignores() {
        assertThat(run("", "grep -c '^SigIgn:.*[08]$' /proc/self/status", "", "stdout"))
                .contains("\"stdout\":\"1\\n\"");
    }

    @Test
    void mount_points_leave_nothing_in_the_root() {
        String cache = Client.text(client.ask("{cacheVolume(key:\"k\"){id}}"), "id");
        String answer = run(
                "withMountedCache(path:\"/deep/cache\",cache:\"" + cache + "\")",
                "echo 1 >> /deep/cache/n; wc -l < /deep/cache/n",
                "",
                "stdout rootfs{entries exists(path:\"deep\")}");
        assertThat(answer).contains("\"stdout\":\"1\\n\"", "\"exists\":false");
    }

    @Test
    void a_mounted_directory_keeps_what_a_command_writes() {
        String directory = Client.text(client.ask("{directory{withNewFile(path:\"a\",contents:\"1\"){id}}}"), "id");
        assertThat(run(
                        "withMountedDirectory(path:\"/m\",source:\"" + directory + "\")",
                        "cat /m/a; echo 2 > /m/b",
                        "",
                        "stdout directory(path:\"/m\"){entries}"))
                .contains("\"entries\":[\"a\",\"b\"]");
    }

    @Test
    void snapshots_do_not_leak_into_each_other() {
        String first = Client.text(run("", "echo 1 > /f", "", "rootfs{id}"), "id");
        String append = "{container{withRootfs(directory:\"" + first
                + "\"){withEnvVariable(name:\"N\",value:\"%s\"){withExec(args:[\"sh\",\"-c\",\"echo 2 >> /f; cat /f\"]){stdout}}}}}";
        assertThat(client.ask(append.formatted("1"))).contains("\"1\\n2\\n\"");
        assertThat(client.ask(append.formatted("2"))).contains("\"1\\n2\\n\"");
    }

    @Test
    void a_failed_command_runs_once_a_request_and_again_in_the_next() {
        assertThat(run("", "exit 9", "", "a:stdout b:stderr exitCode"))
                .containsOnlyOnce("EXEC_ERROR")
                .contains("\"path\":[\"container\",\"from\",\"withExec\",\"stdout\"]");
        assertThat(engine.traffic().executions()).isEqualTo(1);
        run("", "exit 9", "", "stdout");
        assertThat(engine.traffic().executions()).isEqualTo(2);
    }

    @Test
    void a_program_that_is_missing_is_named() {
        assertThat(
                        client.ask(
                                "{container{from(address:\"debian:12\"){withExec(args:[\"/no/such\"],expect:ANY){exitCode stderr}}}}"))
                .contains("\"exitCode\":1", "fork/exec /no/such: no such file or directory");
    }

    @Test
    void files_are_given_only_to_whom_the_container_knows() {
        String empty = Client.text(client.ask("{directory{id}}"), "id");
        String given = "(path:\"/given\",source:" + Client.quote(empty) + ",owner:\"";
        assertThat(run("withDirectory" + given + "acme\")", "true", "", "exitCode"))
                .contains("failed to resolve ownership for acme: find uid: no such user: acme")
                .doesNotContain("EXEC_ERROR");
        assertThat(run("withMountedDirectory" + given + "0:acme\")", "true", "", "exitCode"))
                .contains("find gid: no such group: acme")
                .doesNotContain("EXEC_ERROR");
        for (String known : List.of("root", "agent", "7:8")) {
            assertThat(run("withDirectory" + given + known + "\")", "true", "", "exitCode"))
                    .contains("\"exitCode\":0");
        }
        assertThat(run("withUser(name:\"acme\")", "true", ",expect:ANY", "exitCode"))
                .contains("get user: unable to find user acme", "EXEC_ERROR", "\"exitCode\":-1");
    }

    @Test
    void a_root_of_too_many_layers_can_not_be_mounted() {
        String root = layered(client);
        assertThat(client.ask(mounted(root))).contains("mount options is too long", "\"exitCode\":-1");
        String flat =
                Client.text(client.ask("{directory{withDirectory(path:\"/\",source:\"" + root + "\"){id}}}"), "id");
        assertThat(client.ask(mounted(flat))).contains("\"exitCode\":0");
    }

    @Test
    void older_engines_keep_the_layers_of_a_whole_directory_in_an_empty_one(@TempDir Path folder) throws IOException {
        try (var older = EngineDouble.start(Release.V0_20_8, folder.resolve("engine"));
                var asking = new Client(older, folder)) {
            String root = layered(asking);
            String whole = asking.ask("{directory{withDirectory(path:\"/\",source:\"" + root + "\"){id}}}");
            assertThat(asking.ask(mounted(Client.text(whole, "id")))).contains("mount options is too long");
            String copied =
                    asking.ask("{directory{withDirectory(path:\"/\",source:\"" + root + "\",exclude:[\"no\"]){id}}}");
            assertThat(asking.ask(mounted(Client.text(copied, "id")))).contains("\"exitCode\":0");
        }
    }

    private static String layered(Client asking) {
        String root = Client.text(asking.ask("{container{from(address:\"debian:12\"){rootfs{id}}}}"), "id");
        for (int i = 0; i < 10; i++) {
            String steps = ("withNewFile(path:\"f\",contents:\"" + i + "\"){").repeat(49);
            root = Client.text(
                    asking.ask("{loadDirectoryFromID(id:\"" + root + "\"){" + steps + "id" + "}".repeat(51)), "id");
        }
        return root;
    }

    private static String mounted(String root) {
        return "{container{withRootfs(directory:\"" + root + "\"){withExec(args:[\"true\"]){exitCode}}}}";
    }

    @Test
    void what_its_owner_may_not_read_is_kept_as_it_is() {
        String root = Client.text(
                run("", "mkdir -p /w/d; echo 1 > /w/d/f; chmod 000 /w/d/f; chmod 500 /w/d", "", "rootfs{id}"), "id");
        assertThat(
                        client.ask(
                                "{container{withRootfs(directory:\"" + root
                                        + "\"){withExec(args:[\"sh\",\"-c\",\"stat -c %a /w/d /w/d/f; chmod 700 /w/d; rm -f /w/d/f\"]){stdout}}}}"))
                .contains("\"500\\n0\\n\"");
    }

    @Test
    void many_commands_run_at_the_same_time() {
        List<CompletableFuture<String>> answers = IntStream.range(0, 50)
                .mapToObj(i -> client.send("{container{from(address:\"debian:12\"){withExec(args:[\"sh\",\"-c\",\"echo "
                                + i + " > /f; cat /f\"]){stdout}}}}")
                        .thenApply(response -> response.body()))
                .toList();
        for (int i = 0; i < answers.size(); i++) {
            assertThat(answers.get(i).join()).contains("\"stdout\":\"" + i + "\\n\"");
        }
    }

    @Test
    void nesting_is_refused_and_recorded() {
        assertThat(run("", "true", ",experimentalPrivilegedNesting:true", "sync"))
                .contains("refuses");
        assertThat(engine.traffic().refused()).containsExactly("experimentalPrivilegedNesting");
    }
}
