package io.trails.dagger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    void many_files_come_back_as_well() throws IOException {
        Session session = session("many");
        session.sh("mkdir many; for i in $(seq 1100); do echo $i > many/$i; done");
        Path many = files.resolve("many");
        assertThat(many.resolve("1100")).hasContent("1100");
        assertThat(many).isDirectoryContaining(file -> file.endsWith("1"));
    }

    @Test
    void the_layer_that_costs_an_engine_another_look_at_everything_is_not_asked_for() throws IOException {
        Session session = session("cheap");
        session.sh("echo x > README.md");
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
        session.sh("echo 4 > top");
        assertThat(files.resolve("top")).hasContent("4");
    }

    @Test
    void what_the_host_cannot_have_now_comes_when_it_can() throws IOException {
        Session session = session("later");
        engine.engine().faults().exportAsUser();
        session.sh("mkdir ro; ln -s nowhere ro/link; echo 1 > top; chmod 500 ro");
        assertThat(files.resolve("top")).hasContent("1");
        assertThat(files.resolve("ro/link")).doesNotExist();
        assertThat(notices).anyMatch(notice -> notice.reason().code().equals("dagger.file-unfetched"));
        Files.writeString(files.resolve("top"), "the user's");
        assertThat(session.sh("chmod 700 ro; cat top")).isEqualTo("the user's");
        assertThat(files.resolve("ro/link")).isSymbolicLink();
        assertThat(files.resolve("top")).hasContent("the user's");
        assertThat(session.copy().bringBack().conflicts()).isEmpty();
    }
}
