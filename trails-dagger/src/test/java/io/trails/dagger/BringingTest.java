package io.trails.dagger;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.ContainerRecipe;
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

    @Test
    void what_the_recipe_includes_comes_back_from_a_directory_that_is_ignored() throws IOException {
        Files.writeString(files.resolve(".gitignore"), "/out/\n");
        Session session = with(ContainerRecipe.builder().image("debian:12").include("/out/report.txt"));
        session.sh("mkdir out; echo 1 > out/report.txt; echo 1 > out/junk");
        assertThat(files.resolve("out/report.txt")).hasContent("1");
        session.sh("echo 2 > out/report.txt; echo 2 > out/junk");
        assertThat(files.resolve("out/report.txt")).hasContent("2");
        assertThat(files.resolve("out/junk")).doesNotExist();
        Files.writeString(files.resolve("out/mine"), "precious");
        session.sh("rm -r out");
        assertThat(files.resolve("out/report.txt")).doesNotExist();
        assertThat(files.resolve("out/mine")).hasContent("precious");
    }

    @Test
    void what_stays_behind_is_named_once() throws IOException {
        session("left")
                .sh("mkfifo pipe; mkdir -p sub/.git/hooks; echo 1 > sub/.git/hooks/x; echo 1 > sub/.git/config;"
                        + "mkdir -p other/.git; echo 1 > beside");
        assertThat(files.resolve("beside")).hasContent("1");
        assertThat(notices)
                .filteredOn(notice -> notice.kind() == Kind.WITHHELD)
                .extracting(notice -> notice.reason().message())
                .containsExactly(
                        "2 paths do not come back, such as 'other/.git': What belongs to git itself is never brought back",
                        "'pipe' does not come back: It is neither a file nor a directory nor a link");
    }
}
