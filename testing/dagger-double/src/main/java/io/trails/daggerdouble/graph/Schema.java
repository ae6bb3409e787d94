package io.trails.daggerdouble.graph;

import graphql.ErrorClassification;
import graphql.ErrorType;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.execution.AsyncExecutionStrategy;
import graphql.execution.DataFetcherExceptionHandler;
import graphql.execution.DataFetcherExceptionHandlerParameters;
import graphql.execution.DataFetcherExceptionHandlerResult;
import graphql.execution.ExecutionStepInfo;
import graphql.language.InterfaceTypeDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.parser.ParserOptions;
import graphql.schema.GraphQLScalarType;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.ScalarInfo;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import graphql.schema.idl.TypeRuntimeWiring;
import io.trails.daggerdouble.run.Cancel;
import io.trails.daggerdouble.scene.Release;
import io.trails.daggerdouble.scene.Traffic;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The API of a release, on its own schema definition. Immutable; what it needs of an engine comes with each request. */
public final class Schema {

    private static final Map<Release, Schema> READ = new ConcurrentHashMap<>();
    private static final Pattern SURROGATE =
            Pattern.compile("\\\\u[dD][89abAB][0-9a-fA-F]{2}|\\\\u[dD][c-fC-F][0-9a-fA-F]{2}");
    private static final ParserOptions UNLIMITED = ParserOptions.newParserOptions()
            .maxCharacters(Integer.MAX_VALUE)
            .maxTokens(Integer.MAX_VALUE)
            .maxWhitespaceTokens(Integer.MAX_VALUE)
            .maxRuleDepth(Integer.MAX_VALUE)
            .build();

    private final GraphQL api;

    private Schema(Release release) {
        TypeDefinitionRegistry definitions = new SchemaParser().parse(definition(release));
        if (release == Release.V0_21_8) {
            definitions.merge(new SchemaParser().parse(loaders(definitions)));
        }
        Resolver resolver = new Resolver(release);
        RuntimeWiring.Builder wiring = RuntimeWiring.newRuntimeWiring();
        wireFields(definitions.getTypes(ObjectTypeDefinition.class), resolver, wiring);
        definitions.objectTypeExtensions().values().forEach(extensions -> wireFields(extensions, resolver, wiring));
        definitions.scalars().keySet().stream()
                .filter(name -> !ScalarInfo.isGraphqlSpecifiedScalar(name))
                .forEach(name -> wiring.scalar(GraphQLScalarType.newScalar()
                        .name(name)
                        .coercing(new Text())
                        .build()));
        definitions
                .getTypes(InterfaceTypeDefinition.class)
                .forEach(type -> wiring.type(TypeRuntimeWiring.newTypeWiring(type.getName())
                        .typeResolver(environment ->
                                environment.getSchema().getObjectType(((Value) environment.getObject()).type()))));
        api = GraphQL.newGraphQL(new SchemaGenerator().makeExecutableSchema(definitions, wiring.build()))
                .queryExecutionStrategy(new AsyncExecutionStrategy(new Failures()))
                .build();
    }

    private static void wireFields(
            List<? extends ObjectTypeDefinition> types, Resolver resolver, RuntimeWiring.Builder wiring) {
        for (ObjectTypeDefinition type : types) {
            TypeRuntimeWiring.Builder fields = TypeRuntimeWiring.newTypeWiring(type.getName());
            type.getFieldDefinitions().forEach(field -> fields.dataFetcher(field.getName(), resolver));
            wiring.type(fields);
        }
    }

    public static Schema of(Release release) {
        return READ.computeIfAbsent(release, Schema::new);
    }

    /** The schema definition of a release, as it was published. */
    public static String definition(Release release) {
        String name = "/io/trails/daggerdouble/schema-" + release.version() + ".graphqls";
        try (InputStream in = Schema.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The engine serves these besides {@code node}, though its published schema has them no more. */
    private static String loaders(TypeDefinitionRegistry definitions) {
        StringBuilder fields = new StringBuilder("extend type Query {");
        for (ObjectTypeDefinition type : definitions.getTypes(ObjectTypeDefinition.class)) {
            String name = type.getName();
            if (!name.equals("Query")
                    && type.getFieldDefinitions().stream()
                            .anyMatch(field -> field.getName().equals("id"))) {
                fields.append(" load")
                        .append(name)
                        .append("FromID(id: ID!): ")
                        .append(name)
                        .append("!");
            }
        }
        return fields.append(" }").toString();
    }

    Reply answer(Engine engine, Session session, String body, Cancel cancel) {
        Object read;
        try {
            read = Json.read(body);
        } catch (IOException e) {
            return Reply.of(400, "json request body could not be decoded: " + e.getMessage() + " body:" + body);
        }
        if (!(read instanceof Map<?, ?> request) || !(request.get("query") instanceof String query)) {
            return Reply.of(422, "no operation provided");
        }
        Object variables = request.get("variables");
        engine.traffic.query(new Traffic.Query(query, variables == null ? "" : Json.write(variables)));
        ExecutionInput.Builder input = ExecutionInput.newExecutionInput()
                // The engine's parser doesn't join pairs of escapes.
                .query(SURROGATE.matcher(query).replaceAll("\\\\uFFFD"))
                .graphQLContext(Map.of(
                        ParserOptions.class,
                        UNLIMITED,
                        Engine.class,
                        engine,
                        Caller.class,
                        new Caller(session, cancel)))
                .root(new Value.Root());
        if (request.get("operationName") instanceof String name) {
            input.operationName(name);
        }
        if (variables instanceof Map<?, ?> map) {
            input.variables(strings(map));
        }
        ExecutionResult result = api.execute(input.build());
        return Reply.json(isRefused(result) ? 422 : 200, specification(result));
    }

    /** The answer without what only this library adds to errors. */
    private static Map<String, Object> specification(ExecutionResult result) {
        Map<String, Object> answer = new LinkedHashMap<>();
        List<Map<String, Object>> errors = new ArrayList<>();
        // One error is enough for all of the answer to be nothing, and an engine tells only that one.
        for (GraphQLError error :
                result.getErrors().subList(0, Math.min(1, result.getErrors().size()))) {
            Map<String, Object> shown = new LinkedHashMap<>(error.toSpecification());
            Object extensions = shown.remove("extensions");
            if (extensions instanceof Map<?, ?> map && map.containsKey("_type")) {
                Map<?, ?> kept = new LinkedHashMap<>(map);
                kept.remove("classification");
                shown.put("extensions", kept);
            }
            errors.add(shown);
        }
        if (!errors.isEmpty()) {
            answer.put("errors", errors);
        }
        if (!isRefused(result)) {
            answer.put("data", result.getData());
        }
        return answer;
    }

    private static boolean isRefused(ExecutionResult result) {
        return result.getErrors().stream().anyMatch(error -> {
            ErrorClassification kind = error.getErrorType();
            return kind == ErrorType.InvalidSyntax || kind == ErrorType.ValidationError;
        });
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> strings(Map<?, ?> map) {
        return (Map<String, Object>) map;
    }

    /** The names of the fields, whatever the query calls their results. */
    private static List<Object> path(ExecutionStepInfo step) {
        List<Object> path = new ArrayList<>();
        for (ExecutionStepInfo at = step; at.hasParent(); at = at.getParent()) {
            path.add(0, at.getFieldDefinition().getName());
        }
        return path;
    }

    private static final class Failures implements DataFetcherExceptionHandler {

        @Override
        public CompletableFuture<DataFetcherExceptionHandlerResult> handleException(
                DataFetcherExceptionHandlerParameters parameters) {
            Throwable failure = parameters.getException();
            GraphqlErrorBuilder<?> error = GraphqlErrorBuilder.newError()
                    .message("%s", String.valueOf(failure.getMessage()))
                    .path(path(parameters.getDataFetchingEnvironment().getExecutionStepInfo()));
            if (failure instanceof GraphFailure known && !known.extensions().isEmpty()) {
                error.extensions(known.extensions());
            }
            return CompletableFuture.completedFuture(
                    DataFetcherExceptionHandlerResult.newResult(error.build()).build());
        }
    }
}
