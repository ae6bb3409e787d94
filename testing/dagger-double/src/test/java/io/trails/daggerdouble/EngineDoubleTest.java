package io.trails.daggerdouble;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.daggerdouble.scene.Release;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(NeedsBubblewrap.class)
class EngineDoubleTest {

    @TempDir
    Path folder;

    EngineDouble engine;
    Client client;

    @BeforeEach
    void start() throws IOException {
        engine = EngineDouble.start(Release.V0_21_8, folder.resolve("engine"));
        client = new Client(engine, folder);
    }

    @AfterEach
    void end() throws IOException {
        client.close();
        engine.close();
    }

    @Test
    void a_command_changes_files_that_come_back_to_the_host() throws IOException {
        Path project = Files.createDirectory(folder.resolve("project"));
        Files.writeString(project.resolve("kept"), "1");
        Files.writeString(project.resolve("gone"), "1");
        String base = client.ask("{host{directory(path:\"" + project + "\",noCache:true){id}}}");
        String source = Client.text(base, "id");
        String settled = client.ask("{container{from(address:\"debian:12\"){withDirectory(path:\"/workspace\",source:\""
                + source + "\"){rootfs{id}}}}}");
        String root = Client.text(settled, "id");
        String answer = client.ask("{container{withRootfs(directory:\"" + root + "\"){withWorkdir(path:\"/workspace\"){"
                + "withExec(args:[\"sh\",\"-c\",\"echo new > new; mkdir -p a/b; rm gone; echo said; id -u; exit 3\"],expect:ANY)"
                + "{exitCode stdout rootfs{id directory(path:\"/workspace\"){export(path:\"" + folder.resolve("out")
                + "\")"
                + " changes(from:\"" + source
                + "\"){addedPaths modifiedPaths removedPaths isEmpty layer{entries}}}}}}}}}");
        assertThat(answer)
                .contains("\"exitCode\":3")
                .contains("\"stdout\":\"said\\n0\\n\"")
                .contains("\"addedPaths\":[\"a/\",\"a/b/\",\"new\"]")
                .contains("\"removedPaths\":[\"gone\"]")
                .contains("\"modifiedPaths\":[]")
                .contains("\"entries\":[\"a/\",\"new\"]");
        assertThat(folder.resolve("out/new")).hasContent("new\n");
        assertThat(folder.resolve("out/gone")).doesNotExist();
    }

    @Test
    void a_container_goes_into_an_archive_and_comes_back() {
        String made =
                "{container{from(address:\"debian:12\"){withExec(args:[\"sh\",\"-c\",\"echo 1 > /tmp/f; chmod 751 /tmp/f\"]){"
                        + "withEnvVariable(name:\"A\",value:\"b\"){withWorkdir(path:\"/srv\"){export(path:\""
                        + folder.resolve("image.tar") + "\")}}}}}}";
        assertThat(client.ask(made)).doesNotContain("errors");
        String file = Client.text(client.ask("{host{file(path:\"" + folder.resolve("image.tar") + "\"){id}}}"), "id");
        assertThat(
                        client.ask(
                                "{container{import(source:\"" + file
                                        + "\"){withExec(args:[\"sh\",\"-c\",\"pwd; echo $A; stat -c %a /tmp/f /tmp; cat /tmp/f\"]){stdout}}}}"))
                .contains("/srv\\nb\\n751\\n1777\\n1\\n");
    }

    @Test
    void an_archive_tells_what_made_its_layers_as_far_as_they_were_not_copied() {
        String root = Client.text(
                client.ask(
                        "{container{from(address:\"debian:12\"){withExec(args:[\"touch\",\"told-name\"]){rootfs{id}}}}}"),
                "id");
        assertThat(archived("{container{withRootfs(directory:\"" + root + "\")"))
                .contains("pulled from debian:12", "mount / from exec touch told-name");
        String flat =
                Client.text(client.ask("{directory{withDirectory(path:\"/\",source:\"" + root + "\"){id}}}"), "id");
        assertThat(archived("{container{withRootfs(directory:\"" + flat + "\")"))
                .contains("Directory.withDirectory")
                .doesNotContain("pulled", "exec");
    }

    private String archived(String container) {
        Path archive = folder.resolve("history.tar");
        assertThat(client.ask(container + "{export(path:\"" + archive + "\")}}}"))
                .doesNotContain("errors");
        try {
            String all = Files.readString(archive, StandardCharsets.ISO_8859_1);
            return all.substring(all.indexOf("\"history\":["));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void what_is_filtered_is_as_in_an_engine() throws IOException {
        Path tree = folder.resolve("tree");
        for (String name : List.of(
                "a.txt", "b.log", "keep/c.log", "node_modules/x/y", "deep/node_modules/z", "deep/d.txt", "w [1]*?/e")) {
            Files.createDirectories(tree.resolve(name).getParent());
            Files.writeString(tree.resolve(name), name);
        }
        String answer = client.ask("{host{"
                + "a:directory(path:\"" + tree + "\",exclude:[\"**/node_modules\",\"*.log\"]){glob(pattern:\"**\")} "
                + "b:directory(path:\"" + tree
                + "\",exclude:[\"w \\\\[1\\\\]\\\\*\\\\?\",\"**\",\"!keep/c.log\"]){glob(pattern:\"**\")} "
                + "c:directory(path:\"" + tree + "\",include:[\"deep/**\",\"a.*\"]){glob(pattern:\"**\")}}}");
        assertThat(answer)
                .contains(
                        "\"a\":{\"glob\":[\"a.txt\",\"deep/\",\"deep/d.txt\",\"keep/\",\"keep/c.log\",\"w [1]*?/\",\"w [1]*?/e\"]}")
                .contains("\"b\":{\"glob\":[\"keep/\",\"keep/c.log\"]}")
                .contains(
                        "\"c\":{\"glob\":[\"a.txt\",\"deep/\",\"deep/d.txt\",\"deep/node_modules/\",\"deep/node_modules/z\"]}");
    }

    @Test
    void patterns_have_the_limits_of_an_engine() throws IOException {
        Path tree = Files.createDirectory(folder.resolve("tree"));
        for (String name : List.of("a", "b*", "c ")) {
            Files.writeString(tree.resolve(name), name);
        }
        String query = "{host{directory(path:\"" + tree + "\",exclude:[%s]){entries}}}";
        assertThat(client.ask(query.formatted("\"/a\", \"c \", \"b[*]\""))).contains("[\"a\",\"b*\",\"c \"]");
        assertThat(client.ask(query.formatted("\"./a/\", \"c[ ]\", \"b\\\\*\"")))
                .contains("\"entries\":[]");
        assertThat(client.ask(query.formatted("\"a\\n\""))).contains("non-printable");
        assertThat(client.ask(query.formatted("\"a\\\\ \""))).contains("syntax error in pattern");
        assertThat(client.ask(query.formatted(("\"" + "x".repeat(1000) + "\" ").repeat(1000))))
                .contains("header list size");
    }

    @Test
    void a_file_of_the_same_size_and_time_is_not_uploaded_again() throws IOException {
        Path tree = Files.createDirectory(folder.resolve("tree"));
        Path file = Files.writeString(tree.resolve("f"), "old");
        FileTime time = FileTime.fromMillis(1_700_000_000_000L);
        String query = "{host{directory(path:\"" + tree + "\",noCache:true){file(path:\"f\"){contents}}}}";
        Files.setLastModifiedTime(file, time);
        assertThat(client.ask(query)).contains("old");
        Files.writeString(file, "new");
        Files.setLastModifiedTime(file, time);
        assertThat(client.ask(query)).contains("old");
        Files.writeString(file, "newer");
        assertThat(client.ask(query)).contains("newer");
    }

    @Test
    void what_is_laid_over_a_link_goes_where_it_leads_and_wildcards_remove() {
        String base = Client.text(
                client.ask(
                        "{directory{withNewFile(path:\"d/a1\",contents:\"\"){withNewFile(path:\"d/a2\",contents:\"\"){withSymlink(target:\"d\",linkName:\"l\"){id}}}}}"),
                "id");
        String over = Client.text(client.ask("{directory{withNewFile(path:\"l/n\",contents:\"\"){id}}}"), "id");
        assertThat(
                        client.ask(
                                "{node(id:\"" + base + "\"){... on Directory{withDirectory(path:\"/\",source:\"" + over
                                        + "\"){glob(pattern:\"**\") withoutFile(path:\"d/a*\"){glob(pattern:\"**\")} withoutDirectory(path:\"l/n\"){glob(pattern:\"**\")}}}}}"))
                .contains(
                        "\"glob\":[\"d/\",\"d/a1\",\"d/a2\",\"d/n\",\"l\"]",
                        "\"withoutFile\":{\"glob\":[\"d/\",\"d/n\",\"l\"]}",
                        "\"withoutDirectory\":{\"glob\":[\"d/\",\"d/a1\",\"d/a2\",\"l\"]}");
    }

    @Test
    void a_changed_mode_is_told_only_where_git_would() {
        String base =
                "{container{from(address:\"debian:12\"){withExec(args:[\"sh\",\"-c\",\"mkdir -p /w/d/e; cd /w; touch x m same t; ln -s x l\"]){directory(path:\"/w\"){id}}}}}";
        String before = Client.text(client.ask(base), "id");
        String answer = client.ask("{container{from(address:\"debian:12\"){withDirectory(path:\"/w\",source:\"" + before
                + "\"){withExec(args:[\"sh\",\"-c\",\"cd /w; chmod 755 x; chmod 600 m; chmod 700 d; touch -d 2001-01-01 t; ln -sfn m l; rmdir d/e; mkdir new; perl -e 'use IO::Socket::UNIX; IO::Socket::UNIX->new(Local=>q(s),Listen=>1)'\"])"
                + "{directory(path:\"/w\"){changes(from:\"" + before
                + "\"){addedPaths modifiedPaths removedPaths layer{glob(pattern:\"**\")}}}}}}}}");
        assertThat(answer)
                .contains(
                        "\"addedPaths\":[\"new/\",\"s\"]",
                        "\"modifiedPaths\":[\"l\",\"x\"]",
                        "\"removedPaths\":[\"d/e/\"]")
                .contains("[\"d/\",\"l\",\"m\",\"new/\",\"s\",\"t\",\"x\"]");
    }

    @Test
    void a_part_of_what_finds_no_room_takes_the_room_until_it_is_emptied() throws IOException {
        Path out = Files.createDirectory(folder.resolve("out"));
        engine.faults().roomFor(10);
        String export = "{directory{withNewFile(path:\"f\",contents:\"%s\"){export(path:\"" + out + "\")}}}";
        assertThat(client.ask(export.formatted("more than there is room for"))).contains("no space left");
        Path part = Files.move(out.resolve("f"), folder.resolve("part"));
        assertThat(part).hasSize(10);
        assertThat(client.ask(export.formatted("small"))).contains("no space left");
        Files.write(part, new byte[0]);
        Files.delete(part);
        assertThat(client.ask(export.formatted("small"))).doesNotContain("no space left");
        assertThat(out.resolve("f")).hasContent("small");
    }
}
