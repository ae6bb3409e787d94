package io.trails.dagger.internal.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graphql.language.AstPrinter;
import graphql.language.Field;
import graphql.language.OperationDefinition;
import graphql.language.StringValue;
import graphql.parser.Parser;
import io.trails.TrailsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RequestTest {
    private static final DirectoryId ROOT = new DirectoryId("r00t");

    private static ContainerStep exec() {
        return Graph.container()
                .withRootfs(ROOT)
                .withEnvVariable("TRAILS_OP", "1")
                .withExec(ExecOptions.of(List.of("true")).withExpect(Expect.ANY));
    }

    @Test
    void what_leaves_have_in_common_is_said_once() {
        Document document = Request.of(
                Dialect.NODE,
                exec().rootfs().id(),
                exec().directory("/.trails/io").export(Path.of("/tmp/out")),
                exec().rootfs().directory("/workspace").changes(ROOT).addedPaths(),
                exec().rootfs().directory("/workspace").changes(ROOT).removedPaths());

        assertThat(document.query())
                .isEqualTo(
                        "query{container{withRootfs(directory:\"r00t\"){withEnvVariable(name:\"TRAILS_OP\",value:\"1\")"
                                + "{withExec(args:[\"true\"],expect:ANY){rootfs{id directory(path:\"/workspace\")"
                                + "{changes(from:\"r00t\"){addedPaths removedPaths}}}"
                                + " directory(path:\"/.trails/io\"){export(path:\"/tmp/out\")}}}}}}");
    }

    @Test
    void the_same_field_with_other_arguments_gets_a_name_of_its_own() {
        Leaf<String> one = exec().file("/a").contents();
        Leaf<String> two = exec().file("/b").contents();
        Document document = Request.of(Dialect.NODE, one, two);

        assertThat(document.query()).contains("file(path:\"/a\"){contents} file_2:file(path:\"/b\"){contents}");
        Tree files = members(
                "file", members("contents", new Tree.Text("A")), "file_2", members("contents", new Tree.Text("B")));
        Tree data = members("container", members("withRootfs", members("withEnvVariable", members("withExec", files))));
        Answers answers = Answers.of(document, data);
        assertThat(answers.get(one)).isEqualTo("A");
        assertThat(answers.get(exec().file("/b").contents())).isEqualTo("B");
    }

    @Test
    void an_id_is_loaded_as_the_dialect_says() {
        Leaf<Integer> leaf = Graph.container(new ContainerId("c1")).exitCode();
        Leaf<Integer> other = Graph.container(new ContainerId("c2")).exitCode();

        assertThat(Request.of(Dialect.NODE, leaf, other).query())
                .isEqualTo("query{node(id:\"c1\"){... on Container{exitCode}}"
                        + " node_2:node(id:\"c2\"){... on Container{exitCode}}}");
        Document old = Request.of(Dialect.LOAD_BY_TYPE, leaf, other);
        assertThat(old.query())
                .isEqualTo("query{loadContainerFromID(id:\"c1\"){exitCode}"
                        + " loadContainerFromID_2:loadContainerFromID(id:\"c2\"){exitCode}}");
        Tree data = members(
                "loadContainerFromID", members("exitCode", new Tree.Whole(3)),
                "loadContainerFromID_2", members("exitCode", new Tree.Whole(4)));
        assertThat(Answers.of(old, data).get(other)).isEqualTo(4);
    }

    @Test
    void a_secret_is_a_variable_and_nowhere_else() {
        Document document = Request.of(
                Dialect.NODE,
                Graph.secret("a", "hunter2").id(),
                Graph.secret("b", "hunter3").id());

        assertThat(document.query())
                .isEqualTo("query($s0:String!,$s1:String!){setSecret(name:\"a\",plaintext:$s0){id}"
                        + " setSecret_2:setSecret(name:\"b\",plaintext:$s1){id}}");
        assertThat(document.variables()).isEqualTo(Map.of("s0", "hunter2", "s1", "hunter3"));
        assertThat(document.toString()).doesNotContain("hunter", "setSecret");
    }

    @Test
    void half_a_pair_of_surrogates_is_refused_without_being_shown() {
        assertThatThrownBy(() -> Graph.container().withEnvVariable("A", "x\ud83dy"))
                .isInstanceOf(TrailsException.class)
                .hasMessageContaining("index 1")
                .extracting(e -> ((TrailsException) e).code())
                .isEqualTo("dagger.text-malformed");
        assertThatThrownBy(() -> Graph.secret("a", "hunter2\udc00"))
                .isInstanceOf(TrailsException.class)
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void a_path_of_the_host_is_absolute() {
        assertThatThrownBy(() -> Graph.hostFile(Path.of("a"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void what_nobody_asked_for_has_no_answer() {
        Answers answers =
                Answers.of(Request.of(Dialect.NODE, Graph.version()), members("version", new Tree.Text("v1")));
        assertThat(answers.get(Graph.version())).isEqualTo("v1");
        assertThatThrownBy(() -> answers.get(Graph.container().id())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_answer_of_another_kind_is_an_error_with_a_code() {
        Leaf<Long> size = Graph.hostFile(Path.of("/a")).size();
        Answers answers = Answers.of(Request.of(Dialect.NODE, size), members("host", new Tree.Nothing()));
        assertThatThrownBy(() -> answers.get(size))
                .isInstanceOf(UnexpectedAnswerException.class)
                .hasMessageContaining("a whole number");
    }

    /** Whatever it holds, a lexer reads the same text out of the query. */
    @Property
    void any_text_arrives_as_it_is(@ForAll String text) {
        String wellFormed = new String(
                text.getBytes(java.nio.charset.StandardCharsets.UTF_8), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(arrived(wellFormed)).isEqualTo(wellFormed);
    }

    @Test
    void hostile_text_arrives_as_it_is() {
        for (String text : List.of(
                "\"){id}} query{x(a:\"",
                "\\\"",
                "\"\"\"",
                "$s0",
                "#",
                "\u0000\u0001\t\r\n\u007f\u0085\u2028\ufeff",
                "\ud83d\ude00\u00e4\uffff",
                "\\ud83d",
                "x".repeat(200_000))) {
            assertThat(arrived(text)).isEqualTo(text);
        }
    }

    private static String arrived(String text) {
        Document document = Request.of(
                Dialect.NODE, Graph.directory().withNewFile("/a", text, 420).id());
        var operation = (OperationDefinition)
                Parser.parse(document.query()).getDefinitions().get(0);
        var directory = (Field) operation.getSelectionSet().getSelections().get(0);
        var file = (Field) directory.getSelectionSet().getSelections().get(0);
        assertThat(AstPrinter.printAstCompact(file.getSelectionSet())).isEqualTo("{id}");
        return ((StringValue) file.getArguments().get(1).getValue()).getValue();
    }

    @Test
    void a_long_chain_costs_no_stack() {
        DirectoryStep step = Graph.directory();
        for (int at = 0; at < 500; at++) step = step.withoutFile("/f" + at);
        assertThat(Request.of(Dialect.NODE, step.id()).query()).endsWith("{id}" + "}".repeat(501));
    }

    @Test
    void owners_are_said_where_there_are_any() {
        ContainerStep step = Graph.container();
        assertThat(Request.of(
                                Dialect.NODE,
                                step.withDirectory("/w", ROOT, Optional.of("1000:1000"))
                                        .id())
                        .query())
                .contains("withDirectory(path:\"/w\",source:\"r00t\",owner:\"1000:1000\")");
        assertThat(Request.of(
                                Dialect.NODE,
                                step.withDirectory("/w", ROOT, Optional.empty()).id())
                        .query())
                .contains("withDirectory(path:\"/w\",source:\"r00t\")");
    }

    private static Tree members(Object... pairs) {
        var members = new java.util.LinkedHashMap<String, Tree>();
        for (int at = 0; at < pairs.length; at += 2) members.put((String) pairs[at], (Tree) pairs[at + 1]);
        return new Tree.Members(members);
    }
}
