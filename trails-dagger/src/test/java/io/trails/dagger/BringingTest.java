package io.trails.dagger;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.spi.SandboxNotice.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What comes back is asked for by name. */
class BringingTest extends SessionBench {
    @Test
    void files_and_empty_directories_come_back_and_what_is_ignored_beside_them_does_not() throws IOException {
        Files.writeString(files.resolve(".gitignore"), "*.tmp\n");
        Session session = session("picked");
        session.sh("mkdir -p a/b/empty only; echo 1 > a/b/f; ln -s f a/b/l; echo 1 > a/x.tmp; echo 1 > only/x.tmp;"
                + "chmod +x README.md; echo 1 > 'st*r'; echo 1 > ' space '; echo 1 > '[b]'; echo 1 > star");
        assertThat(files.resolve("a/b/empty")).isEmptyDirectory();
        assertThat(files.resolve("a/b/f")).hasContent("1");
        assertThat(files.resolve("a/b/l")).isSymbolicLink();
        assertThat(files.resolve("a/x.tmp")).doesNotExist();
        assertThat(files.resolve("only/x.tmp")).doesNotExist();
        assertThat(files.resolve("README.md")).isExecutable();
        for (String name : List.of("st*r", " space ", "[b]", "star"))
            assertThat(files.resolve(name)).hasContent("1");
        session.sh("echo 2 > 'st*r'; mkdir new; mv a/b/f new/f");
        assertThat(files.resolve("st*r")).hasContent("2");
        assertThat(files.resolve("star")).hasContent("1");
        assertThat(files.resolve("new/f")).hasContent("1");
        assertThat(files.resolve("a/b/f")).doesNotExist();
    }

    @Test
    void however_many_come_back_the_layer_that_costs_an_engine_another_look_at_everything_is_not_asked_for()
            throws IOException {
        Session session = session("many");
        session.sh("mkdir many; for i in $(seq 1000); do echo $i > many/$i; done");
        played().traffic().reset();
        session.sh("for i in $(seq 1000); do echo again $i > many/$i; done");
        assertThat(played().traffic().queries()).hasSize(2);
        session.sh("mkdir more; for i in $(seq 1100); do echo $i > more/$i; done");
        assertThat(files.resolve("more/1100")).hasContent("1100");
        assertThat(files.resolve("many/1000")).hasContent("again 1000");
        assertThat(played().traffic().queries()).noneMatch(query -> query.text().contains("layer"));
    }

    @Test
    void one_file_that_the_host_cannot_have_keeps_no_other_away() throws IOException {
        Session session = session("unwritable");
        engine.engine().faults().exportAsUser();
        session.sh("mkdir -p ro ok; echo 1 > ro/f; echo 2 > ok/f; echo 3 > top; chmod 500 ro");
        assertThat(files.resolve("ok/f")).hasContent("2");
        assertThat(files.resolve("top")).hasContent("3");
        assertThat(files.resolve("ro/f")).hasContent("1");
        assertThat(Files.getPosixFilePermissions(files.resolve("ro")))
                .isEqualTo(PosixFilePermissions.fromString("r-x------"));
        session.sh("echo 4 > top");
        assertThat(files.resolve("top")).hasContent("4");
    }

    @Test
    void a_link_comes_as_a_link_wherever_it_is() throws IOException {
        Session session = session("links");
        engine.engine().faults().exportAsUser();
        session.sh("mkdir -p ro/deep; echo secret > real; ln -s ../real ro/link; ln -s nowhere ro/dangling;"
                + "ln -s .. ro/deep/up; mkdir ro/empty; chmod 500 ro/deep ro");
        assertThat(Files.readSymbolicLink(files.resolve("ro/link"))).hasToString("../real");
        assertThat(Files.readSymbolicLink(files.resolve("ro/dangling"))).hasToString("nowhere");
        assertThat(Files.readSymbolicLink(files.resolve("ro/deep/up"))).hasToString("..");
        assertThat(files.resolve("ro/empty")).isEmptyDirectory();
        assertThat(session.copy().bringBack().complete()).isTrue();
        assertThat(codes(Kind.WITHHELD)).isEmpty();
    }
}
