package io.trails.daggerdouble.graph;

import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import io.trails.daggerdouble.scene.Release;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Answers any field: ids in the arguments become values, values asked for their id become ids. */
final class Resolver implements DataFetcher<Object> {

    private final boolean handles;
    private final Fields fields = new Fields();

    Resolver(Release release) {
        handles = release.hasHandles();
        QueryFields.addTo(fields);
        HostFields.addTo(fields);
        ContainerFields.addTo(fields);
        DirectoryFields.addTo(fields);
        FileFields.addTo(fields);
        ChangesetFields.addTo(fields);
        ServiceFields.addTo(fields);
        EngineFields.addTo(fields);
    }

    @Override
    public @Nullable Object get(DataFetchingEnvironment environment) {
        Engine engine = environment.getGraphQlContext().get(Engine.class);
        Caller caller = environment.getGraphQlContext().get(Caller.class);
        caller.cancel().check();
        Value parent = Objects.requireNonNull(environment.getSource());
        String name = environment.getField().getName();
        Map<String, Object> given = new LinkedHashMap<>(environment.getArguments());
        if (parent instanceof Value.Root && name.equals("node")) {
            return load(engine, caller, given.get("id"), "");
        }
        if (parent instanceof Value.Root && name.startsWith("load") && name.endsWith("FromID")) {
            return load(engine, caller, given.get("id"), name.substring(4, name.length() - 6));
        }
        for (GraphQLArgument argument : environment.getFieldDefinition().getArguments()) {
            String expected = expected(argument);
            if (!expected.isEmpty()) {
                given.computeIfPresent(argument.getName(), (key, value) -> loadAll(engine, caller, value, expected));
            }
        }
        if (name.equals("id")) {
            return id(engine, caller, parent);
        }
        Object result = fields.get(engine, parent, name, new Args(given), caller);
        return result instanceof Value value && isId(environment.getFieldType()) ? id(engine, caller, value) : result;
    }

    private String id(Engine engine, Caller caller, Value value) {
        return handles
                ? engine.ids.handle(value, caller.session())
                : engine.recipes.id(engine, caller.session(), value);
    }

    private Object loadAll(Engine engine, Caller caller, Object given, String expected) {
        if (given instanceof List<?> list) {
            return list.stream()
                    .map(one -> (Object) load(engine, caller, one, expected))
                    .toList();
        }
        return load(engine, caller, given, expected);
    }

    private Value load(Engine engine, Caller caller, @Nullable Object id, String expected) {
        String text = String.valueOf(id);
        Value value = handles ? engine.ids.load(text) : engine.recipes.load(text, engine, fields, caller);
        if (!expected.isEmpty() && !value.type().equals(expected)) {
            throw new GraphFailure("expected ID of type " + expected + ", got " + value.type());
        }
        return value;
    }

    /** The type of the object whose id an argument takes; empty for other arguments. */
    private static String expected(GraphQLArgument argument) {
        String scalar = ((GraphQLNamedType) GraphQLTypeUtil.unwrapAll(argument.getType())).getName();
        if (scalar.equals("ID")) {
            return argument.hasAppliedDirective("expectedType")
                    ? String.valueOf(argument.getAppliedDirective("expectedType")
                            .getArgument("name")
                            .<Object>getValue())
                    : "";
        }
        return isId(argument.getType()) ? scalar.substring(0, scalar.length() - 2) : "";
    }

    private static boolean isId(GraphQLType type) {
        String name = ((GraphQLNamedType) GraphQLTypeUtil.unwrapAll(type)).getName();
        return name.endsWith("ID");
    }
}
