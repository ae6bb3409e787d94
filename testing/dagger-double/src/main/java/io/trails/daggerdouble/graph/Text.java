package io.trails.daggerdouble.graph;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import java.util.Locale;

/** The API's own scalars: all are strings on the wire. */
final class Text implements Coercing<Object, Object> {

    @Override
    public Object serialize(Object result, GraphQLContext context, Locale locale) {
        return result.toString();
    }

    @Override
    public Object parseValue(Object input, GraphQLContext context, Locale locale) {
        return input.toString();
    }

    @Override
    public Object parseLiteral(Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
        if (input instanceof StringValue string) {
            return String.valueOf(string.getValue());
        }
        throw new CoercingParseLiteralException("a string is expected");
    }
}
