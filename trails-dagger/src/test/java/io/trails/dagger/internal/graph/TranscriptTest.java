package io.trails.dagger.internal.graph;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.analysis.QueryTraverser;
import graphql.analysis.QueryVisitorFieldEnvironment;
import graphql.analysis.QueryVisitorStub;
import graphql.language.Argument;
import graphql.parser.Parser;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every request that can be made, against the schema of every release. */
class TranscriptTest {
    @ParameterizedTest
    @EnumSource(Release.class)
    void every_leaf_is_valid(Release release) throws ReflectiveOperationException {
        Map<String, Leaf<?>> leaves = Vocal.leaves();
        assertThat(leaves.size()).isGreaterThan(100);
        leaves.forEach((said, leaf) -> assertThat(release.errors(Request.of(release.dialect(), leaf)))
                .as(said)
                .isEmpty());
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void all_leaves_in_one_request_are_valid(Release release) throws ReflectiveOperationException {
        Leaf<?>[] all = Vocal.leaves().values().toArray(Leaf<?>[]::new);
        assertThat(release.errors(Request.of(release.dialect(), all))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void the_first_question_is_valid(Release release) {
        assertThat(release.errors(Introspection.request())).isEmpty();
    }

    /** Then the first question asks for all that is needed, and for nothing that is not. */
    @ParameterizedTest
    @EnumSource(Release.class)
    void the_vocabulary_is_what_is_said(Release release) throws ReflectiveOperationException {
        Leaf<?>[] all = Vocal.leaves().values().toArray(Leaf<?>[]::new);
        Map<String, Map<String, Set<String>>> said = said(release.schema(), Request.of(release.dialect(), all));
        said.get("Query").keySet().removeIf(field -> field.equals("node") || field.startsWith("load"));
        assertThat(said).isEqualTo(new Vocabulary().types());
    }

    private static Map<String, Map<String, Set<String>>> said(GraphQLSchema schema, Document document) {
        Map<String, Map<String, Set<String>>> said = new LinkedHashMap<>();
        QueryTraverser.newQueryTraverser()
                .schema(schema)
                .document(Parser.parse(document.query()))
                .variables(Map.copyOf(document.variables()))
                .build()
                .visitPreOrder(new QueryVisitorStub() {
                    @Override
                    public void visitField(QueryVisitorFieldEnvironment field) {
                        String type =
                                GraphQLTypeUtil.unwrapAll(field.getParentType()).getName();
                        Set<String> arguments = said.computeIfAbsent(type, name -> new LinkedHashMap<>())
                                .computeIfAbsent(field.getField().getName(), name -> new TreeSet<>());
                        for (Argument argument : field.getField().getArguments()) arguments.add(argument.getName());
                    }
                });
        return said;
    }
}
