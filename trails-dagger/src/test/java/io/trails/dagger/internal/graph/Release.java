package io.trails.dagger.internal.graph;

import graphql.ExecutionInput;
import graphql.ParseAndValidate;
import graphql.parser.Parser;
import graphql.parser.ParserEnvironment;
import graphql.parser.ParserOptions;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.UnExecutableSchemaGenerator;
import graphql.validation.ValidationError;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A release of the engine, by its own schema. */
@SuppressWarnings("ImmutableEnumChecker") // A schema is not changed once it is made.
enum Release {
    V0_19("v0.19.11", Dialect.LOAD_BY_TYPE),
    V0_20("v0.20.8", Dialect.LOAD_BY_TYPE),
    V0_21("v0.21.8", Dialect.NODE),
    V1_0("v1.0.0-beta.10", Dialect.NODE);

    private final GraphQLSchema schema;
    private final Dialect dialect;

    Release(String version, Dialect dialect) {
        this.dialect = dialect;
        schema = UnExecutableSchemaGenerator.makeUnExecutableSchema(new SchemaParser().parse(sdl(version)));
    }

    private static String sdl(String version) {
        String name = "/io/trails/daggerdouble/schema-" + version + ".graphqls";
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(Release.class.getResourceAsStream(name), name), StandardCharsets.UTF_8)) {
            var text = new StringBuilder();
            var buffer = new char[8192];
            for (int read = reader.read(buffer); read >= 0; read = reader.read(buffer)) text.append(buffer, 0, read);
            return text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Dialect dialect() {
        return dialect;
    }

    GraphQLSchema schema() {
        return schema;
    }

    /** What the schema has against a request. */
    List<ValidationError> errors(Document document) {
        ExecutionInput input = ExecutionInput.newExecutionInput(document.query())
                .variables(Map.copyOf(document.variables()))
                .build();
        ParserOptions generous = ParserOptions.newParserOptions()
                .maxTokens(1_000_000)
                .maxCharacters(100_000_000)
                .build();
        return ParseAndValidate.validate(
                schema,
                Parser.parse(ParserEnvironment.newParserEnvironment()
                        .document(input.getQuery())
                        .parserOptions(generous)
                        .build()),
                java.util.Locale.ROOT);
    }
}
