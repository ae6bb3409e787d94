package io.trails.dagger;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.Command;
import io.trails.ExecResult;
import io.trails.ExecResult.Status;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A command does what it likes where trails has its own files in the container; what it did elsewhere comes home. */
class OwnPlaceTest extends SessionBench {
    private static final String PLACE = "/.trails/io";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mkdir ro; touch ro/file .hidden; mkfifo ..p; chmod 500 ro",
                "chmod 500 .",
                "chmod 1555 .; chmod 0 out err",
                "chmod 0 .",
                "rm -f *; mkdir -p out/x end/x late/x pid/x err/x; chmod -R a-w .; chmod 0 out",
                "rm -f *; ln -s /workspace/kept out; ln -s /workspace/kept err; ln -s . late; ln -s nowhere ..x",
                "rm -rf /.trails; mv . ../elsewhere; ln -sfn /tmp ../io; echo > ../io"
            })
    void what_it_changed_comes_home_to_who_is_not_root(String mischief) throws IOException {
        Session session = session("mischief");
        played().faults().exportAsUser();
        ExecResult result = session.run("echo work > file; touch kept; chmod 640 kept; cd " + PLACE + "; { " + mischief
                + "; } 2>/dev/null; exit 3");
        assertThat(result.status()).isIn(Status.EXITED, Status.CANCELLED);
        assertThat(files.resolve("file")).hasContent("work");
        assertThat(session.sh("cat file; stat -c %a kept; ls -A " + PLACE)).isEqualTo("work\n640\nerr\nout\npid");
    }

    @Test
    void its_end_and_outputs_are_told_though_it_closed_the_place() throws IOException {
        Session session = session("closed");
        played().faults().exportAsUser();
        ExecResult result = session.run("echo out; echo err >&2; chmod 0 " + PLACE + "/out " + PLACE + "; exit 3");
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.stdout().text()).isEqualTo("out\n");
        assertThat(result.stderr().text()).isEqualTo("err\n");
    }

    @Test
    void a_path_of_its_own_hides_no_program_from_who_watches_it() throws IOException {
        Session session = session("path");
        ExecResult result = session.sandbox()
                .exec(Command.of("/bin/sh", "-c", "echo $PATH; exit 3").environment(Map.of("PATH", "/nowhere")));
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.stdout().text()).isEqualTo("/nowhere\n");
    }
}
